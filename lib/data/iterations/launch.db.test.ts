import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import { baseOf, type SeededWorld, seedWorld, wholePlan } from '@/lib/data/testing/seed-world';
import { forgetTrainer } from '@/lib/data/trainers/register';
import type { LaunchRequest } from '@/lib/domain/loop/launch';
import type { PlanInput } from '@/lib/domain/loop/plan';
import { AppError } from '@/lib/errors';
import { launchIteration } from './launch';
import { retryIteration } from './retry';

let world: SeededWorld;
let foreign: SeededWorld;
beforeAll(async () => {
  world = await seedWorld();
  foreign = await seedWorld();
});

const request = (change: Partial<LaunchRequest> = {}): LaunchRequest => ({
  run: { name: `run ${randomUUID()}`, base: baseOf(world) },
  trainerId: world.trainerId,
  plan: wholePlan(world),
  ...change,
});
const launch = (change: Partial<LaunchRequest> = {}) => launchIteration(world.owner, request(change));
const planned = (change: PlanInput) => launch({ plan: { ...wholePlan(world), ...change } });

/** A frozen set, written as the tables allow it. */
const seedPairSet = async ({ projectId, owner }: SeededWorld, number: number, pairCount: number): Promise<string> => {
  const run = await seedRun({ projectId, owner, reviewer: owner }, { groups: 1, name: `frozen ${number}` });
  const { id } = await db.pairSet.create({
    data: {
      id: randomUUID(),
      projectId,
      runId: run.runId,
      iterationId: run.iterationId,
      number,
      pairCount,
      sha256: 'a'.repeat(64),
      manifest: {},
    },
    select: { id: true },
  });
  return id;
};

test('a new run begins with its base and iteration 0', async () => {
  const { runId, iterationId, k } = await launch();
  expect(k).toBe(0);
  const row = await db.iteration.findUniqueOrThrow({
    where: { id: iterationId },
    select: { state: true, createdBy: true, startCheckpoint: { select: { stage: true, parentId: true, runId: true } } },
  });
  expect(row).toMatchObject({ state: 'grpo', createdBy: world.owner.userId });
  expect(row.startCheckpoint).toEqual({ stage: 'base', parentId: null, runId });
});

test('a plan begins with the first stage that it has', async () => {
  const evaluate = { questionSets: [world.heldOutId], settings: {} };
  const { iterationId } = await launch({ plan: { evaluate } });
  expect(await db.iteration.findUnique({ where: { id: iterationId } })).toMatchObject({ state: 'eval' });
});

describe('data', () => {
  test('a question set of somebody else is not there', async () => {
    const explore = { questionSets: [foreign.questionSetId], settings: {} };
    await expect(planned({ explore })).rejects.toThrow('A chosen question set is not there');
  });

  test('an empty question set is named', async () => {
    const empty = await db.questionSet.create({
      data: { id: randomUUID(), projectId: world.projectId, name: `nothing ${randomUUID()}` },
    });
    const evaluate = { questionSets: [empty.id], settings: {} };
    await expect(planned({ evaluate })).rejects.toThrow(`The question set “${empty.name}” is empty`);
  });

  const aligned = (pairSetId: string) => launch({ plan: { align: { pairSetId, settings: {} } } });

  test('DPO on a frozen set', async () => {
    const pairSetId = await seedPairSet(world, 1, 3);
    const { iterationId } = await aligned(pairSetId);
    expect(await db.iteration.findUnique({ where: { id: iterationId } })).toMatchObject({ state: 'dpo', pairSetId });
  });

  test.each([
    ['unfrozen', async () => randomUUID(), 'and this one is empty or not frozen'],
    ['of another project', () => seedPairSet(foreign, 2, 3), 'DPO learns only from a frozen pair set'],
  ] as const)('a set that is %s is refused in words', async (_name, seed, sentence) => {
    await expect(aligned(await seed())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(sentence),
    });
  });
});

describe('the trainer', () => {
  test.each([
    ['one of somebody else', () => foreign.trainerId],
    ['one that is not registered', () => randomUUID()],
  ] as const)('%s is not there', async (_name, id) => {
    await expect(launch({ trainerId: id() })).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    [{ engine: 'ms-swift' }, 'cannot use the engine “ms-swift”: It is not installed. (usable: builtin)'],
    [{ engine: 'none' }, 'cannot use the engine “none” (usable: builtin)'],
    [{ device: 'cuda-7' }, 'has no device “cuda-7” (it has: cpu)'],
  ])('%o: it says what it has', async (change, sentence) => {
    await expect(planned(change)).rejects.toThrow(sentence);
  });

  test.each([
    ['absent', 'This machine cannot train.'],
    ['refused', 'does not take our jobs.'],
    ['preparing', 'has not answered yet'],
  ])('that is %s', async (state, sentence) => {
    const { id } = await db.trainer.create({
      data: { id: randomUUID(), projectId: world.projectId, name: state, url: 'http://127.0.0.1:1', state },
    });
    await expect(launch({ trainerId: id })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(sentence),
    });
  });

  test('a model that it does not have', async () => {
    const model = { source: 'local', name: 'large' } as const;
    const run = { name: 'large', base: { trainerId: world.trainerId, model } };
    await expect(launch({ run })).rejects.toThrow('has no model “large” in its models folder (it has: small)');
  });

  test('weights that lie on another one', async () => {
    const other = await db.trainer.findUniqueOrThrow({ where: { id: world.trainerId }, select: { info: true } });
    const { id } = await db.trainer.create({
      data: {
        id: randomUUID(),
        projectId: world.projectId,
        name: 'other',
        url: 'http://127.0.0.1:2',
        state: 'online',
        info: other.info ?? {},
      },
    });
    const { runId, iterationId } = await launch();
    await db.iteration.update({ where: { id: iterationId }, data: { state: 'done' } });
    const made = await db.checkpoint.create({
      data: {
        id: randomUUID(),
        projectId: world.projectId,
        runId,
        iterationId,
        trainerId: world.trainerId,
        stage: 'grpo',
        step: 1,
        model: { source: 'checkpoint', job: randomUUID(), name: 'step-1' },
      },
    });
    const again = { run: { id: runId }, startCheckpointId: made.id };
    await expect(launch({ ...again, trainerId: id })).rejects.toThrow(
      'These weights lie on another trainer than “other”',
    );
    expect((await launch(again)).k).toBe(1);
  });
});

describe('the run', () => {
  test('has one iteration under way at a time, also when two launch at once', async () => {
    const { runId } = await launch();
    await expect(launch({ run: { id: runId } })).rejects.toThrow('Iteration 0 of this run is under way');
    await db.iteration.updateMany({ where: { runId }, data: { state: 'done' } });
    const both = await Promise.allSettled([launch({ run: { id: runId } }), launch({ run: { id: runId } })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('has a name of its own', async () => {
    const run = { name: 'twice', base: baseOf(world) };
    await launch({ run });
    await expect(launch({ run })).rejects.toThrow('There is a run “twice” already');
  });

  test('that was imported has no weights', async () => {
    const { runId } = await seedRun(world, { groups: 1, name: 'imported' });
    await expect(launch({ run: { id: runId } })).rejects.toThrow('This run has no weights to go on from');
  });
});

describe('its trainer is forgotten at this very moment', () => {
  const seedIdleTrainer = async (): Promise<string> => {
    const { info } = await db.trainer.findUniqueOrThrow({ where: { id: world.trainerId }, select: { info: true } });
    const [id, name] = [randomUUID(), randomUUID()];
    const row = { id, projectId: world.projectId, name, url: `http://${name}`, state: 'online', info: info ?? {} };
    await db.trainer.create({ data: row });
    return id;
  };

  test.each(['launch', 'retry'] as const)('%s: no iteration is left under way without one', async (what) => {
    const trainerId = await seedIdleTrainer();
    let iterationId = '';
    if (what === 'retry') {
      ({ iterationId } = await launch({ trainerId }));
      await db.iteration.update({ where: { id: iterationId }, data: { state: 'failed', failedStage: 'grpo' } });
    }
    const begin = () => (what === 'launch' ? launch({ trainerId }) : retryIteration(world.owner, iterationId, 'grpo'));
    const ends = await Promise.allSettled([begin(), forgetTrainer(world.owner, trainerId)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failure = ends.find((end) => end.status === 'rejected')?.reason;
    expect(failure).toBeInstanceOf(AppError);
    expect(await db.iteration.count({ where: { state: 'grpo', trainerId: null } })).toBe(0);
  });

  test('a launch that comes to it too late is told so', async () => {
    const trainerId = await seedIdleTrainer();
    const holder = await pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM trainer WHERE id = $1 FOR UPDATE', [trainerId]);
    const late = expect(launch({ trainerId })).rejects.toMatchObject({ code: 'not_found' });
    await holder.query('DELETE FROM trainer WHERE id = $1', [trainerId]);
    await holder.query('COMMIT');
    holder.release();
    await late;
  });
});

test('a retry and a launch at once: one of them is under way', async () => {
  const { runId, iterationId } = await launch();
  await db.iteration.update({ where: { id: iterationId }, data: { state: 'failed', failedStage: 'grpo' } });
  for (let round = 0; round < 5; round += 1) {
    const ends = await Promise.allSettled([
      retryIteration(world.owner, iterationId, 'grpo'),
      launch({ run: { id: runId } }),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find((end) => end.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    await db.iteration.updateMany({ where: { runId }, data: { state: 'failed', failedStage: 'grpo' } });
  }
});

test('a new run on another trainer than its base is said to lie on has its base where it is launched', async () => {
  const { runId } = await launch({
    run: { name: `run ${randomUUID()}`, base: { ...baseOf(world), trainerId: foreign.trainerId } },
  });
  expect(await db.checkpoint.findFirst({ where: { runId } })).toMatchObject({ trainerId: world.trainerId });
});

test('reviewers and strangers launch nothing', async () => {
  const { runId } = await launch();
  await db.iteration.updateMany({ where: { runId }, data: { state: 'done' } });
  const { owner: stranger } = await seedProject();
  for (const viewer of [world.reviewer, stranger, foreign.owner]) {
    await expect(launchIteration(viewer, request({ run: { id: runId } }))).rejects.toMatchObject({ code: 'not_found' });
    await expect(launchIteration(viewer, request())).rejects.toMatchObject({ code: 'not_found' });
  }
});
