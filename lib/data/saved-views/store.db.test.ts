import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { seedProject } from '@/lib/data/testing/seed';
import { listSavedViews, removeView, saveView } from './store';

const view = { name: 'before and after', path: '/compare', query: 'set=a' };

test('everybody in the project sees a view and whether it is theirs to remove', async () => {
  const project = await seedProject();
  const { owner, reviewer } = project;
  const people = await seedIdentities(project, await seedProject());
  const id = await saveView(reviewer, view);
  expect(await listSavedViews(reviewer)).toMatchObject([{ id, ...view, mine: true }]);
  expect(await listSavedViews(owner)).toMatchObject([{ id, mine: true }]);
  for (const name of outsiders) {
    const viewer = people.get(name) ?? { userId: randomUUID() };
    expect(await listSavedViews(viewer)).toEqual([]);
    await expect(removeView(viewer, id)).rejects.toMatchObject({ code: 'not_found' });
  }
  await removeView(reviewer, id);
  expect(await listSavedViews(owner)).toEqual([]);
});

test("a reviewer does not remove somebody else's view", async () => {
  const { owner, reviewer } = await seedProject();
  const id = await saveView(owner, view);
  expect(await listSavedViews(reviewer)).toMatchObject([{ id, mine: false }]);
  await expect(removeView(reviewer, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a name is taken once in a project, and free in another', async () => {
  const { owner } = await seedProject();
  await saveView(owner, view);
  await expect(saveView(owner, view)).rejects.toMatchObject({ code: 'conflict' });
  await expect(saveView((await seedProject()).owner, view)).resolves.toBeTypeOf('string');
});
