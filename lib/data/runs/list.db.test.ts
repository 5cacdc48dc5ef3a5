import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import { sumTallies } from '@/lib/domain/run';
import { listRunNames, listRuns, listRunsByVersion } from './list';
import { getRunOverview } from './overview';

const seeded = async () => {
  const project = await seedProject();
  return { ...project, ...(await seedRun(project, { groups: 3 })) };
};

test('the list counts a run as its rollouts are', async () => {
  const { owner, runId } = await seeded();
  const [run, ...others] = await listRuns(owner);
  expect(others).toEqual([]);
  expect(run).toMatchObject({ id: runId, iterations: 1, rollouts: 12, questions: 3, judged: 12, correct: 9 });
  expect(run).toMatchObject({ consistent: 9, inconsistent: 3, undetermined: 0, pairsToReview: 0 });
});

test('a run without rollouts is listed with zeroes', async () => {
  const { owner, projectId, runId } = await seeded();
  const { verifierVersionId } = await db.run.findUniqueOrThrow({ where: { id: runId } });
  await db.run.create({ data: { id: randomUUID(), projectId, name: 'empty', verifierVersionId } });
  const empty = (await listRuns(owner)).find(({ name }) => name === 'empty');
  expect(empty).toMatchObject({ rollouts: 0, iterations: 0, judged: 0, pairsToReview: 0 });
});

test('the overview counts cells and the median', async () => {
  const { owner, runId } = await seeded();
  const overview = await getRunOverview(owner, runId);
  expect(overview.questions).toBe(3);
  expect(overview.iterations).toMatchObject([{ k: 0, state: 'imported', pairSets: [] }]);
  expect(overview.cells).toHaveLength(1);
  expect(sumTallies(overview.cells.map(({ tally }) => tally))).toMatchObject({
    rollouts: 12,
    verified: 12,
    rightConsistent: 6,
    rightInconsistent: 3,
    wrongConsistent: 3,
    wrongInconsistent: 0,
    measured: 12,
    estimated: 12,
    thinkTokens: 3 * (40 + 80 + 120 + 160),
  });
  // Samples have 40, 80, 120 and 160 tokens, three each: the median lies between 80 and 120.
  expect(overview.medianThinkTokens).toBe(100);
});

test('a human correction moves the counts', async () => {
  const { owner, runId } = await seeded();
  const wrong = await db.rollout.findFirstOrThrow({ where: { runId, correct: false } });
  await db.rollout.update({ where: { id: wrong.id }, data: { correct: true, corrected: true } });
  const tally = sumTallies((await getRunOverview(owner, runId)).cells.map((cell) => cell.tally));
  expect(tally).toMatchObject({ correct: 10, corrected: 1 });
});

test('a stranger sees no runs, and an id of one is not found', async () => {
  const { runId } = await seeded();
  const { owner: stranger } = await seedProject();
  expect(await listRuns(stranger)).toEqual([]);
  expect(await listRunNames(stranger)).toEqual([]);
  expect(await listRunsByVersion(stranger)).toEqual([]);
  await expect(getRunOverview(stranger, runId)).rejects.toMatchObject({ code: 'not_found' });
});

test('a token of one project does not open another of the same person', async () => {
  const { owner, runId } = await seeded();
  const other = await seedProject();
  await db.member.create({ data: { projectId: other.projectId, userId: owner.userId, role: 'owner' } });
  const token = { userId: owner.userId, projectId: other.projectId };
  expect(await listRuns(token)).toEqual([]);
  await expect(getRunOverview(token, runId)).rejects.toMatchObject({ code: 'not_found' });
});
