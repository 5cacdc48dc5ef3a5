import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { insiders, outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';
import { chooseBenchmark, getBenchmarkChoice } from './choose';

let setId: string;
let viewers: ReadonlyMap<string, Viewer>;
const viewerOf = (name: string): Viewer => viewers.get(name) ?? { userId: 'missing' };
const stored = async () => (await db.questionSet.findUniqueOrThrow({ where: { id: setId } })).benchmark;

beforeAll(async () => {
  const project = await seedProject();
  setId = (await seedRun(project, { groups: 1, name: 'videommmu' })).questionSetId;
  viewers = await seedIdentities(project, await seedProject());
});

test.each(outsiders)('%s neither sees nor chooses', async (name) => {
  await expect(getBenchmarkChoice(viewerOf(name), setId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(chooseBenchmark(viewerOf(name), setId, 'tomato')).rejects.toMatchObject({ code: 'not_found' });
  expect(await stored()).toBeNull();
});

test.each(insiders.filter((name) => name !== 'a reviewer'))(
  '%s chooses, and lets the name say it again',
  async (name) => {
    expect(await getBenchmarkChoice(viewerOf(name), setId)).toEqual({ choice: null, mayChoose: true });
    await chooseBenchmark(viewerOf(name), setId, 'none');
    expect(await getBenchmarkChoice(viewerOf(name), setId)).toEqual({ choice: 'none', mayChoose: true });
    await chooseBenchmark(viewerOf(name), setId, null);
    expect(await stored()).toBeNull();
  },
);

test('a reviewer sees it and chooses nothing', async () => {
  const viewer = viewerOf('a reviewer');
  expect(await getBenchmarkChoice(viewer, setId)).toEqual({ choice: null, mayChoose: false });
  await expect(chooseBenchmark(viewer, setId, 'tomato')).rejects.toMatchObject({ code: 'not_found' });
  expect(await stored()).toBeNull();
});

test('a choice of another time follows the name', async () => {
  await db.questionSet.update({ where: { id: setId }, data: { benchmark: 'imagenet' } });
  expect((await getBenchmarkChoice(viewerOf('the owner'), setId)).choice).toBeNull();
});
