import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { storeEvents } from '@/lib/data/jobs/store-events';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { type SeededJob, seedJob, trainerLog } from '@/lib/data/testing/seed-job';
import type { JobCost } from '@/lib/domain/outcomes/cost';
import type { Prisma } from '@/prisma/generated/client';
import { listCosts } from './costs';
import { listQuadrants } from './quadrants';

let project: SeededProject;
let foreign: SeededProject;
let seeded: SeededJob;

type Row = Omit<Partial<Prisma.JobUncheckedCreateInput>, 'id'>;
const START = new Date('2026-01-05T10:00:00.000Z');

/** Another job of the same iteration. */
const addJob = async (
  kind: string,
  row: Row,
  points: readonly Record<string, number | null>[] = [],
): Promise<string> => {
  const { projectId, iterationId } = seeded.job;
  const base = {
    id: randomUUID(),
    projectId,
    iterationId,
    kind,
    stage: kind === 'dpo' ? 'dpo' : kind === 'eval' ? 'eval' : 'grpo',
  };
  // One job of each kind counts in an iteration.
  await db.job.updateMany({ where: { iterationId, kind, supersededAt: null }, data: { supersededAt: START } });
  await db.job.create({ data: { ...base, state: 'succeeded', ...row } });
  await db.jobMetric.createMany({
    data: points.map((values, at) => ({ jobId: base.id, phase: 'train', step: at + 1, values, at: START })),
  });
  return base.id;
};

const costOf = async (jobId: string): Promise<JobCost | undefined> =>
  (await listCosts(project.owner, seeded.job.runId)).jobs.find((job) => job.jobId === jobId);

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  seeded = await seedJob(project, { questions: 3 });
});

const grpo = { settings: { samplesPerQuestion: 8, globalBatch: 64 } };
const dpo = { settings: { globalBatch: 32, epochs: 2 } };
/** Two turns of two steps each: 3 + 0.5 s sampling and scoring shared by the first two, 4 + 0.5 by the others. */
const shared = [
  { sampleSeconds: 3, rewardSeconds: 0.5, trainSeconds: 2 },
  { sampleSeconds: 3, rewardSeconds: 0.5, trainSeconds: 2 },
  { sampleSeconds: 4, rewardSeconds: 0.5, trainSeconds: 2 },
  { sampleSeconds: 4, rewardSeconds: 0.5, trainSeconds: null },
];

test('a log of a trainer: its closing seconds and rollouts, and its clock', async () => {
  await storeEvents(seeded.job, trainerLog(seeded.questionIds, { steps: 2, samples: 4 }));
  // 3 questions × 4 samples × 2 steps = 24 rollouts were stored, and the log says 8 at its end: that is what it did.
  expect(await costOf(seeded.job.id)).toMatchObject({
    kind: 'grpo',
    seconds: 71.5,
    units: 8,
    questions: 1,
    steps: 2,
    device: 'cpu',
    superseded: false,
    // Event 2 of 33 began it and the last ended it, a quarter of a second apart each.
    clockSeconds: (trainerLog(seeded.questionIds, { steps: 2, samples: 4 }).length - 2) / 4,
  });
  const [, slice] = await listQuadrants(project.owner, seeded.job.runId);
  // Each question and step: 21 + 22 + 23 + 24 tokens.
  expect(slice).toMatchObject({ iterationId: seeded.job.iterationId, stage: 'grpo', tokens: 6 * 90, counted: 24 });
});

test.each([
  [
    'closing figures of one that ran through',
    'grpo',
    { settings: grpo, rollouts: 99, result: { seconds: 20, rollouts: 64 } },
    shared,
    { seconds: 20, units: 64, questions: 8 },
  ],
  [
    'steps of one that runs, each turn’s sampling once',
    'grpo',
    { settings: grpo, state: 'running', rollouts: 40, step: 4 },
    shared,
    { seconds: 14, units: 40, questions: 5, clockSeconds: null },
  ],
  [
    'steps of one that was resumed, where they are more',
    'grpo',
    { settings: grpo, attempt: 2, rollouts: 64, result: { seconds: 6, rollouts: 16 } },
    shared,
    { seconds: 14, units: 64, questions: 8 },
  ],
  [
    'one that failed before its first step',
    'grpo',
    { settings: grpo, state: 'failed' },
    [],
    { seconds: null, units: null, questions: null },
  ],
  [
    'DPO: passes over pairs, the last step not full',
    'dpo',
    { settings: dpo, result: { seconds: 50, steps: 7, pairs: 100 } },
    [],
    { seconds: 50, units: 200, questions: null },
  ],
  [
    'DPO with fewest steps',
    'dpo',
    { settings: dpo, result: { seconds: 50, steps: 3, pairs: 100 } },
    [],
    { seconds: 50, units: 96 },
  ],
  [
    'DPO under way',
    'dpo',
    { settings: dpo, state: 'running', step: 2, dataCount: 50 },
    [{ trainSeconds: 3 }, { trainSeconds: 4 }],
    { seconds: 7, units: 64 },
  ],
  [
    'an evaluation',
    'eval',
    { settings: {}, rollouts: 640, result: { seconds: 18.5, rollouts: 640 } },
    [{ stepSeconds: 9 }],
    { seconds: 18.5, units: 640, questions: null, stage: 'eval' },
  ],
  [
    'one that was superseded',
    'eval',
    { settings: {}, supersededAt: START, result: { seconds: 2, rollouts: 8 } },
    [],
    { seconds: 2, superseded: true },
  ],
  [
    'figures that are none',
    'eval',
    { settings: {}, rollouts: 5, result: { seconds: -3, rollouts: null } },
    [{ stepSeconds: -2 }, { stepSeconds: null }],
    { seconds: null, units: 5 },
  ],
  [
    'the clock, as the trainer set it',
    'eval',
    { settings: {}, startedAt: START, finishedAt: new Date(START.getTime() + 90_500) },
    [],
    { clockSeconds: 90.5 },
  ],
  [
    'a clock that was set back',
    'eval',
    { settings: {}, startedAt: START, finishedAt: new Date(START.getTime() - 1) },
    [],
    { clockSeconds: 0 },
  ],
] as const)('%s', async (_name, kind, row, points, expected) => {
  expect(await costOf(await addJob(kind, row, points))).toMatchObject(expected);
});

test('a trainer’s nonsense does not overflow the sums', async () => {
  const id = await addJob('eval', { settings: {}, state: 'running' }, [{ stepSeconds: 1e308 }, { stepSeconds: 1e308 }]);
  expect((await costOf(id))?.seconds).toBe(2e12);
});

test('what the studio’s clock saw: proposed to frozen, and verifications inside the iteration', async () => {
  const { iterationId, projectId, runId } = seeded.job;
  const after = (seconds: number) => new Date(START.getTime() + seconds * 1_000);
  const set = await db.pairSet.create({
    data: {
      id: randomUUID(),
      projectId,
      runId,
      iterationId,
      number: 1,
      pairCount: 1,
      sha256: 'x',
      manifest: {},
      createdAt: after(150),
    },
  });
  const times = { createdAt: START, proposedAt: after(30), finishedAt: after(600), pairSetId: set.id };
  await db.iteration.update({ where: { id: iterationId }, data: times });
  const task = (from: number, to: number, of = iterationId) => ({
    id: randomUUID(),
    projectId,
    kind: 'verify',
    title: 'Verify',
    state: 'done',
    payload: { iterationId: of },
    startedAt: after(from),
    finishedAt: after(to),
  });
  await db.task.createMany({ data: [task(10, 14), task(20, 21.5), task(700, 800), task(10, 20, randomUUID())] });
  const costNow = async () =>
    (await listCosts(project.owner, runId)).iterations.find((each) => each.iterationId === iterationId);
  expect(await costNow()).toMatchObject({ curateSeconds: 120, verifySeconds: 5.5 });
  // A replay proposes long after the iteration that it plays was done: its clock is not the recording's.
  await db.iteration.update({ where: { id: iterationId }, data: { finishedAt: after(5) } });
  expect(await costNow()).toMatchObject({ curateSeconds: null, verifySeconds: null });
});

test('imported iterations have no job, and say that they were imported', async () => {
  const { jobs, iterations } = await listCosts(project.owner, seeded.job.runId);
  const [imported] = iterations;
  expect(imported).toMatchObject({ k: 0, imported: true, curateSeconds: null });
  expect(jobs.some(({ k }) => k === 0)).toBe(false);
});

test('a stranger sees no cost', async () => {
  const nothing = { jobs: [], iterations: [] };
  expect(await listCosts(foreign.owner, seeded.job.runId)).toEqual(nothing);
  expect(await listCosts({ userId: project.owner.userId, projectId: foreign.projectId }, seeded.job.runId)).toEqual(
    nothing,
  );
});
