import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, seedProject, seedRun } from '@/lib/data/testing/seed';
import { countPending, countReady } from '@/lib/domain/loop/launch-choices';
import { baseKey } from '@/lib/domain/loop/measured-speed';
import { type Plan, planSchema } from '@/lib/domain/loop/plan';
import { leftWeights } from '@/lib/domain/loop/target';
import { readLaunch } from './read';

const model = { source: 'built', name: 'moving-shapes', seed: 0, width: 128, layers: 4 } as const;

/** A run whose two questions nobody found a clip for, with a plan, a trainer and its base weights. */
const seeded = async () => {
  const project = await seedProject();
  const run = await seedRun(project, { groups: 2 });
  const { projectId } = project;
  const set = await db.questionSet.findFirstOrThrow({ where: { projectId } });
  const trainerId = randomUUID();
  await db.trainer.create({ data: { id: trainerId, projectId, name: 'here', url: 'http://127.0.0.1:1' } });
  const plan: Plan = planSchema.parse({
    explore: { questionSets: [set.id], settings: { globalBatch: 16, questionBatch: 2 } },
    align: { pairSetId: set.id, settings: { globalBatch: 8, epochs: 2 } },
    evaluate: { questionSets: [set.id], settings: { questionBatch: 4 } },
  });
  await db.iteration.update({ where: { id: run.iterationId }, data: { state: 'done', plan, trainerId } });
  const base = randomUUID();
  await db.checkpoint.create({
    data: { id: base, projectId, runId: run.runId, trainerId, stage: 'base', step: 0, model },
  });
  return { ...project, ...run, setId: set.id, trainerId, plan, base };
};

type JobParts = {
  readonly kind: 'grpo' | 'dpo' | 'eval' | 'rollout';
  readonly state: string;
  readonly settings: object;
  readonly result?: object;
  /** Step, seconds from the start, values. */
  readonly metrics?: readonly (readonly [number, number, object])[];
  readonly attempt?: number;
};

const addJob = async (
  { projectId }: SeededProject,
  { iterationId, trainerId }: { iterationId: string; trainerId: string },
  { kind, state, settings, result, metrics = [], attempt = 1 }: JobParts,
): Promise<void> => {
  const id = randomUUID();
  const stage = kind === 'eval' || kind === 'dpo' ? kind : 'grpo';
  await db.job.create({
    data: {
      id,
      projectId,
      iterationId,
      trainerId,
      kind,
      stage,
      state,
      attempt,
      device: 'cpu',
      settings: { settings },
      supersededAt: attempt > 1 ? new Date() : null,
      ...(result ? { result } : {}),
    },
  });
  await db.jobMetric.createMany({
    data: metrics.map(([step, seconds, values]) => ({
      jobId: id,
      phase: 'train',
      step,
      values,
      at: new Date(Date.UTC(2026, 0, 1) + seconds * 1000),
    })),
  });
};

test('a run offers its next turn, its last plan and its weights', async () => {
  const { owner, runId, trainerId, plan, base } = await seeded();
  const { run, runs, checkpoints, trainers } = await readLaunch(owner, { runId });
  expect(run).toMatchObject({
    name: 'seeded run',
    nextK: 1,
    moving: null,
    startCheckpointId: base,
    previous: { k: 0, trainerId, plan },
    pairYield: null,
  });
  expect(run?.base).toBe(baseKey(model));
  expect(runs).toEqual([{ id: runId, name: 'seeded run' }]);
  expect(checkpoints).toMatchObject([{ id: base, stage: 'base', k: null, model: 'moving-shapes', trainerId }]);
  expect(trainers.map(({ id }) => id)).toEqual([trainerId]);
});

test('a failed iteration’s weights are offered by their name, and are not what the run goes on from', async () => {
  const { owner, projectId, runId, iterationId, trainerId, base } = await seeded();
  await db.iteration.update({ where: { id: iterationId }, data: { state: 'failed', failedStage: 'dpo' } });
  const left = randomUUID();
  await db.checkpoint.create({
    data: { id: left, projectId, runId, iterationId, trainerId, stage: 'grpo', step: 9, model },
  });
  const choices = await readLaunch(owner, { runId });
  expect(choices.run?.startCheckpointId).toBe(base);
  expect(leftWeights(choices)).toMatchObject({ id: left, k: 0, state: 'failed', step: 9 });
});

test('an iteration under way is named, and a run without weights has no start', async () => {
  const { owner, runId, iterationId } = await seeded();
  await db.iteration.update({ where: { id: iterationId }, data: { state: 'grpo' } });
  await db.checkpoint.deleteMany({ where: { runId } });
  const { run } = await readLaunch(owner, { runId });
  expect(run).toMatchObject({ moving: { id: iterationId, k: 0 }, startCheckpointId: null, base: null });
});

test('questions count when their clip is there, and not when the curriculum left them out', async () => {
  const { owner, projectId, runId, iterationId, setId } = await seeded();
  const [first, second] = await db.question.findMany({ where: { questionSetId: setId }, orderBy: { key: 'asc' } });
  const before = await readLaunch(owner, { runId });
  expect(before.questionSets[0]?.cells).toEqual([
    { kind: 'choice', modality: 'video', split: null, questions: 2, usable: 0, pending: 0, excluded: 0, scored: 0 },
  ]);

  const rootId = randomUUID();
  await db.mediaRoot.create({ data: { id: rootId, projectId, name: 'clips', path: `/${rootId}` } });
  for (const question of [first, second]) {
    const mediaId = randomUUID();
    await db.media.create({
      data: {
        id: mediaId,
        projectId,
        rootId,
        relPath: `${mediaId}.mp4`,
        state: question === first ? 'playable' : 'pending',
      },
    });
    await db.question.update({ where: { id: question?.id ?? '' }, data: { mediaId } });
  }
  await db.question.create({
    data: {
      id: randomUUID(),
      projectId,
      questionSetId: setId,
      key: 'no truth',
      kind: 'text',
      modality: 'text',
      prompt: 'Why?',
      truth: ' ',
    },
  });
  await db.curriculumDrop.create({ data: { projectId, runId, iterationId, questionId: first?.id ?? '' } });

  const { questionSets } = await readLaunch(owner, { runId });
  expect(questionSets[0]?.cells).toEqual([
    { kind: 'choice', modality: 'video', split: null, questions: 2, usable: 2, pending: 1, excluded: 1, scored: 1 },
    { kind: 'text', modality: 'text', split: null, questions: 1, usable: 1, pending: 0, excluded: 0, scored: 0 },
  ]);
  expect([countReady(questionSets, [setId], true), countReady(questionSets, [setId], false)]).toEqual([1, 2]);
  expect(countPending(questionSets, [setId])).toBe(1);
  // Another run's curriculum is its own.
  const fresh = await readLaunch(owner, {});
  expect([fresh.run, countReady(fresh.questionSets, [setId], false)]).toEqual([null, 3]);
});

test('jobs tell their speed: finished ones by their result, running ones by their steps', async () => {
  const all = await seeded();
  const { owner, runId, trainerId } = all;
  // 4 steps of 16 rollouts between the first and the last metric, in 8 seconds; sampling took 2 × (1 + 0.5) seconds
  // for 2 × 1 × 16 rollouts.
  const figures = { sampleSeconds: 1, rewardSeconds: 0.5, samplesPerSecond: 16 };
  await addJob(all, all, {
    kind: 'grpo',
    state: 'running',
    settings: { globalBatch: 16, numIterations: 1 },
    metrics: [
      [1, 100, figures],
      [5, 108, figures],
    ],
  });
  // 20 pairs twice over: 6 steps of 8 would be 48, more than there are.
  await addJob(all, all, {
    kind: 'dpo',
    state: 'succeeded',
    settings: { globalBatch: 8, epochs: 2 },
    result: { seconds: 10, steps: 6, pairs: 20 },
  });
  await addJob(all, all, {
    kind: 'eval',
    state: 'succeeded',
    settings: { questionBatch: 4 },
    result: { seconds: 3, rollouts: 12 },
  });
  // Neither a failed job nor one that was resumed tells anything.
  await addJob(all, all, {
    kind: 'rollout',
    state: 'succeeded',
    attempt: 2,
    settings: { questionBatch: 4, samplesPerQuestion: 8 },
    result: { seconds: 1, rollouts: 9 },
  });
  await addJob(all, all, { kind: 'rollout', state: 'failed', settings: {}, result: { seconds: 1, rollouts: 9 } });

  const { measures } = await readLaunch(owner, { runId });
  expect(measures).toHaveLength(4);
  for (const measure of measures) expect(measure).toMatchObject({ runId, trainerId, device: 'cpu' });
  const byPart = Object.fromEntries(measures.map(({ part, ...measure }) => [part, measure]));
  expect(byPart).toMatchObject({
    explore: { seconds: 8, units: 64, finished: false },
    sample: { seconds: 3, units: 32, finished: false },
    align: { seconds: 10, units: 40, finished: true },
    evaluate: { seconds: 3, units: 12, finished: true },
  });
});

test('a foreign person sees nothing and opens no run', async () => {
  const { runId } = await seeded();
  const foreign = await seedProject();
  await expect(readLaunch(foreign.owner, { runId })).rejects.toMatchObject({ code: 'not_found' });
  expect(await readLaunch(foreign.owner, {})).toEqual({
    runs: [],
    run: null,
    questionSets: [],
    pairSets: [],
    checkpoints: [],
    trainers: [],
    measures: [],
    checkpointSizes: [],
  });
});
