import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getMediaOverview } from '@/lib/data/media/overview';
import { seedProject } from '@/lib/data/testing/seed';
import { db } from './db';
import { getProjectSettings, renameProject } from './settings';
import { listTrainers } from './trainers/read';

test('members are listed with their roles, and the viewer is marked', async () => {
  const { reviewer } = await seedProject();
  const settings = await getProjectSettings(reviewer);
  expect(settings).toMatchObject({ name: 'Seeded', role: 'reviewer' });
  expect(settings.members.map(({ name, role, you }) => [name, role, you])).toEqual([
    ['Olga Owner', 'owner', false],
    ['Rui Reviewer', 'reviewer', true],
  ]);
});

test('the owner renames the project, a reviewer does not', async () => {
  const { owner, reviewer } = await seedProject();
  await renameProject(owner, 'Renamed');
  await expect(renameProject(reviewer, 'Mine')).rejects.toMatchObject({ code: 'not_found' });
  expect((await getProjectSettings(reviewer)).name).toBe('Renamed');
});

test('a stranger renames only what is theirs, and sees no media or trainers of others', async () => {
  const { owner, projectId } = await seedProject();
  const { owner: stranger } = await seedProject();
  const root = await db.mediaRoot.create({ data: { id: randomUUID(), projectId, name: 'clips', path: '/clips' } });
  await db.media.create({
    data: { id: randomUUID(), projectId, rootId: root.id, relPath: 'a.mp4', state: 'missing', sentence: 'Gone.' },
  });
  await db.trainer.create({ data: { id: randomUUID(), projectId, name: 'gpu', url: 'http://gpu:1' } });

  await renameProject(stranger, 'Theirs');
  expect((await getProjectSettings(owner)).name).toBe('Seeded');
  expect(await getMediaOverview(stranger)).toEqual({ counts: [], troubled: [] });
  expect(await listTrainers(stranger)).toEqual([]);

  expect(await listTrainers(owner)).toMatchObject([{ name: 'gpu' }]);
  expect(await getMediaOverview(owner)).toMatchObject({
    counts: [{ state: 'missing', count: 1 }],
    troubled: [{ relPath: 'a.mp4', root: 'clips', sentence: 'Gone.' }],
  });
});
