import { describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { cancelIteration } from '@/lib/data/iterations/cancel';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration, listIterations } from '@/lib/data/iterations/read';
import { retryIteration } from '@/lib/data/iterations/retry';
import { decidePair } from '@/lib/data/pairs/decide';
import { seedProject } from '@/lib/data/testing/seed';
import { baseOf, type SeededWorld, seedWorld, wholePlan } from '@/lib/data/testing/seed-world';
import type { PlanInput } from '@/lib/domain/loop/plan';
import { AppError } from '@/lib/errors';
import type { JobPort } from '@/lib/trainer/port';
import { driveIteration } from './drive';
import { goodScript, type Script, type ScriptedTrainer, scriptedTrainer, state } from './testing';
import { readFinalRows } from './testing-rows';

const launch = (world: SeededWorld, plan: PlanInput = wholePlan(world), name = 'shapes') =>
  launchIteration(world.owner, { run: { name, base: baseOf(world) }, trainerId: world.trainerId, plan });

const drive = (id: string, trainer: ScriptedTrainer, signal = new AbortController().signal) =>
  driveIteration(id, signal, { connect: () => trainer.port });

const begin = async (script: Script = goodScript, change: (plan: PlanInput) => PlanInput = (plan) => plan) => {
  const world = await seedWorld();
  const { iterationId: id, runId } = await launch(world, change(wholePlan(world)));
  const trainer = scriptedTrainer(script);
  return { world, id, runId, trainer, view: () => getIteration(world.owner, id), drive: () => drive(id, trainer) };
};

const pairIds = async (iterationId: string): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM pair WHERE iteration_id = $1 ORDER BY id', [
    iterationId,
  ]);
  return rows.map(({ id }) => id);
};

describe('a whole iteration', () => {
  test('goes from GRPO to done', async () => {
    const { id, trainer, view, drive: go } = await begin();
    expect(await go()).toBe('over');
    expect(trainer.taken).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
    const done = await view();
    expect(done).toMatchObject({ k: 0, state: 'done', unverified: 0, waitingFor: null, retryFrom: [] });
    expect(done.jobs.map((job) => [job.kind, job.state, job.rollouts])).toEqual([
      ['grpo', 'succeeded', 32],
      ['rollout', 'succeeded', 16],
      ['dpo', 'succeeded', 0],
      ['eval', 'succeeded', 2],
    ]);
    expect(done.rollouts).toBe(50);
    expect(done.gate).toMatchObject({ toReview: 0, proposed: 0, rejected: 0 });
    expect(done.pairSet).toMatchObject({ number: 1, pairCount: (await pairIds(id)).length });
    const rows = await readFinalRows(id);
    // Nobody is told of questions that are held out, and the policy decided in its own name.
    expect(rows.pairs.length).toBeGreaterThan(0);
    expect(rows.pairs.filter(({ question }) => question.startsWith('held out'))).toEqual([]);
    expect(rows.deciders).toEqual(['auto-approve']);
    expect(rows.dropped).toEqual(['train 0']);
    expect(rows.openTokens).toBe(0);
  });

  test('the next one starts from its weights and asks what the curriculum leaves', async () => {
    const { world, runId, trainer, drive: go } = await begin();
    await go();
    const { owner, trainerId } = world;
    const next = await launchIteration(owner, { run: { id: runId }, trainerId, plan: wholePlan(world) });
    expect(next).toMatchObject({ runId, k: 1 });
    expect(await drive(next.iterationId, trainer)).toBe('over');
    const { lineage } = await readFinalRows(next.iterationId);
    expect(lineage).toEqual(['grpo 2 of dpo 2', 'dpo 2 of grpo 2']);
    const view = await getIteration(owner, next.iterationId);
    expect(view.jobs.map((job) => job.dataCount)).toEqual([3, 3, view.pairSet?.pairCount, 2]);
    expect((await listIterations(owner)).map(({ k, state: at }) => [k, at])).toEqual([
      [1, 'done'],
      [0, 'done'],
    ]);
  });

  test('DPO on an earlier set', async () => {
    const { world, runId, trainer, drive: go, view } = await begin();
    await go();
    const { owner, trainerId } = world;
    const plan = { align: { pairSetId: (await view()).pairSet?.id ?? '', settings: {} } };
    const { iterationId } = await launchIteration(owner, { run: { id: runId }, trainerId, plan });
    expect(await drive(iterationId, trainer)).toBe('over');
    expect(await getIteration(owner, iterationId)).toMatchObject({
      state: 'done',
      pairSet: { number: 1 },
      rollouts: 0,
    });
  });
});

describe('the gate', () => {
  const reviewed = (gate: { policy: 'review_all' } | { policy: 'review_sample'; count: number }) =>
    begin(goodScript, (plan) => ({ ...plan, curate: { gate } }));
  const decide = (world: SeededWorld, pairId: string, action: 'approve' | 'reject') =>
    decidePair(world.reviewer, { decisionId: crypto.randomUUID(), pairId, request: { action } });

  test('waits for people, then freezes what they approved', async () => {
    const { world, id, view, drive: go } = await reviewed({ policy: 'review_all' });
    expect(await go()).toBe('people');
    const ids = await pairIds(id);
    expect((await view()).gate).toMatchObject({ toReview: ids.length, toReviewInAll: ids.length });
    expect((await listIterations(world.reviewer))[0]).toMatchObject({ state: 'curate', toReview: ids.length });
    for (const pairId of ids.slice(1)) await decide(world, pairId, 'approve');
    expect(await go()).toBe('people');
    await decide(world, ids[0] ?? '', 'reject');
    expect(await go()).toBe('over');
    expect(await view()).toMatchObject({ state: 'done', pairSet: { pairCount: ids.length - 1 } });
  });

  test('a sample is reviewed and the policy approves the rest', async () => {
    const { world, id, view, drive: go } = await reviewed({ policy: 'review_sample', count: 2 });
    expect(await go()).toBe('people');
    expect((await view()).gate).toMatchObject({ toReview: 2 });
    for (const pairId of await pairIds(id)) if ((await view()).gate?.toReview) await decide(world, pairId, 'approve');
    expect(await go()).toBe('over');
    expect((await view()).state).toBe('done');
  });

  test('everything rejected fails in words, and a retry from GRPO brings other pairs', async () => {
    let times = 0;
    /** Says something else each time it is asked. */
    const inventive: Script = (asked) => {
      times += 1;
      return goodScript(asked).map((act) =>
        act !== 'hold' && act.type === 'rollout'
          ? { ...act, response: act.response.replace('I look', `I look for the time ${times}`) }
          : act,
      );
    };
    const {
      world,
      id,
      view,
      drive: go,
    } = await begin(inventive, ({ sample, align }) => ({
      sample: sample ? { ...sample, mostQuestions: 2 } : null,
      curate: { gate: { policy: 'review_all' } },
      align: align ?? null,
    }));
    expect(await go()).toBe('people');
    for (const pairId of await pairIds(id)) await decide(world, pairId, 'reject');
    expect(await go()).toBe('over');
    expect(await view()).toMatchObject({
      state: 'failed',
      failedStage: 'curate',
      failedReason: 'Every pair was rejected: there is nothing to learn from. Propose again or retry from grpo.',
      retryFrom: ['grpo', 'verify', 'curate'],
    });
    const before = await pairIds(id);
    await retryIteration(world.owner, id, 'curate');
    expect(await go()).toBe('people');
    expect((await pairIds(id)).length).toBeGreaterThan(before.length);
    for (const pairId of await pairIds(id)) if (!before.includes(pairId)) await decide(world, pairId, 'reject');
    expect(await go()).toBe('over');
    await retryIteration(world.owner, id, 'grpo');
    expect(await go()).toBe('people');
    const { jobs } = await view();
    expect(jobs.map(({ kind }) => kind)).toEqual(['rollout', 'rollout']);
  });

  test('rollouts without pairs fail in words', async () => {
    const silent: Script = (asked) => goodScript({ ...asked, questionIds: [] });
    const { view, drive: go } = await begin(silent);
    expect(await go()).toBe('over');
    expect(await view()).toMatchObject({ state: 'failed', failedStage: 'curate' });
    expect((await view()).failedReason).toMatch(/^No pair could be made of the rollouts/);
  });
});

test('a job whose log began anew on the trainer fails here, and is ended there', async () => {
  const script: Script = (asked) =>
    asked.request.kind === 'grpo' ? ['hold', ...goodScript(asked)] : goodScript(asked);
  const { id, trainer, view } = await begin(script);
  const rewound: JobPort = {
    ...trainer.port,
    // biome-ignore lint/correctness/useYield: it refuses before there is anything
    readEvents: async function* () {
      throw new AppError('conflict', 'The log ends at seq 2.');
    },
  };
  expect(await driveIteration(id, new AbortController().signal, { connect: () => rewound })).toBe('over');
  const failed = await view();
  expect(failed).toMatchObject({ state: 'failed', failedStage: 'grpo' });
  expect(failed.failedReason).toContain('The log ends at seq 2.');
  expect(await trainer.port.getJob(failed.jobs[0]?.id ?? '')).toMatchObject({ state: 'cancelled' });
});

describe('cancelling', () => {
  /** Holds in the job of a kind until it is cancelled. */
  const holding =
    (kind: string): Script =>
    (asked) =>
      asked.request.kind === kind ? ['hold', ...goodScript(asked)] : goodScript(asked);

  test.each([
    ['grpo', 'grpo'],
    ['rollout', 'grpo'],
    ['dpo', 'dpo'],
    ['eval', 'eval'],
  ] as const)('in the %s job ends it on the trainer, and a retry goes on', async (kind, stage) => {
    const { world, id, trainer, view, drive: go } = await begin(holding(kind));
    const driven = go();
    await expect.poll(() => trainer.taken.at(-1), { timeout: 20_000 }).toBe(kind);
    await cancelIteration(world.owner, id);
    expect(await driven).toBe('over');
    const cancelled = await view();
    expect(cancelled).toMatchObject({ state: 'cancelled', failedStage: stage });
    expect(cancelled.jobs.at(-1)).toMatchObject({ kind, state: 'cancelled' });
    await retryIteration(world.owner, id, stage);
    const again = go();
    await expect.poll(async () => (await view()).jobs.at(-1)?.attempt, { timeout: 20_000 }).toBe(2);
    trainer.release();
    expect(await again).toBe('over');
    expect((await view()).state).toBe('done');
    expect(trainer.taken).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
  });

  test('without a job it is cancelled at once, with nobody driving', async () => {
    const { world, id, view } = await begin();
    await cancelIteration(world.owner, id);
    expect(await view()).toMatchObject({ state: 'cancelled', jobs: [] });
    await expect(cancelIteration(world.owner, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('asked twice it does not wait for the trainer', async () => {
    const { world, id, trainer, view } = await begin(holding('grpo'));
    const stop = new AbortController();
    const driven = drive(id, trainer, stop.signal);
    await expect.poll(() => trainer.taken).toEqual(['grpo']);
    stop.abort();
    expect(await driven).toBe('stopped');
    await cancelIteration(world.owner, id);
    expect((await view()).state).toBe('grpo');
    await cancelIteration(world.owner, id);
    expect(await view()).toMatchObject({ state: 'cancelled', jobs: [{ state: 'cancelled' }] });
  });
});

describe('what goes wrong', () => {
  const failing =
    (kind: string): Script =>
    (asked) =>
      asked.request.kind === kind && asked.attempt === 1
        ? [...goodScript(asked).slice(0, 3), state('failed', 'Out of memory.')]
        : goodScript(asked);

  test.each([
    ['grpo', 'grpo'],
    ['dpo', 'dpo'],
    ['eval', 'eval'],
  ] as const)('a failed %s job is taken on by a retry', async (kind, stage) => {
    const { world, id, trainer, view, drive: go } = await begin(failing(kind));
    expect(await go()).toBe('over');
    expect(await view()).toMatchObject({ state: 'failed', failedStage: stage, failedReason: 'Out of memory.' });
    await retryIteration(world.owner, id, stage);
    expect(await go()).toBe('over');
    expect((await view()).state).toBe('done');
    expect(trainer.taken).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
  });

  test('a resumed GRPO job may ask for rewards at once', async () => {
    const { world, id, trainer, drive: go } = await begin(failing('grpo'));
    await go();
    await retryIteration(world.owner, id, 'grpo');
    const open: number[] = [];
    const resumeJob: JobPort['resumeJob'] = async (jobId, signal) => {
      open.push(await db.apiToken.count({ where: { jobId, revokedAt: null } }));
      return trainer.port.resumeJob(jobId, signal);
    };
    await driveIteration(id, new AbortController().signal, { connect: () => ({ ...trainer.port, resumeJob }) });
    expect(open).toEqual([1]);
    expect(await db.apiToken.count({ where: { job: { iterationId: id }, revokedAt: null } })).toBe(0);
  });

  test('a job that the trainer no longer knows is made anew by a retry', async () => {
    const { world, id, trainer, view, drive: go } = await begin(failing('grpo'));
    await go();
    trainer.forget();
    await retryIteration(world.owner, id, 'grpo');
    expect(await go()).toBe('over');
    // It runs for the first time again, and fails as that does.
    expect(await view()).toMatchObject({ state: 'failed', jobs: [{ kind: 'grpo' }, { kind: 'grpo', attempt: 1 }] });
  });

  test('a database put back from before its job was given does not take over what it does not know', async () => {
    let hold = true;
    const {
      world,
      id,
      trainer,
      view,
      drive: go,
    } = await begin((asked) => (hold ? ['hold', ...goodScript(asked)] : goodScript(asked)));
    const stop = new AbortController();
    const first = drive(id, trainer, stop.signal);
    await expect.poll(() => trainer.taken).toEqual(['grpo']);
    stop.abort();
    expect(await first).toBe('stopped');
    const job = await db.job.findFirstOrThrow({ where: { iterationId: id } });
    await db.jobQuestion.deleteMany({ where: { jobId: job.id } });
    await db.job.update({ where: { id: job.id }, data: { preparedAt: null, lastEventSeq: 0, state: 'queued' } });
    expect(await go()).toBe('over');
    expect(await view()).toMatchObject({ state: 'failed', failedReason: expect.stringMatching(/older backup/) });
    expect(await trainer.port.getJob(job.id)).toMatchObject({ state: 'cancelled' });
    hold = false;
    await retryIteration(world.owner, id, 'grpo');
    expect(await go()).toBe('over');
    expect((await view()).state).toBe('done');
    expect(trainer.taken).toEqual(['grpo', 'grpo', 'rollout', 'dpo', 'eval']);
  });

  test('a trainer that is away is waited for', async () => {
    const { id, trainer, view, drive: go } = await begin();
    const away = async () => {
      const { AppError } = await import('@/lib/errors');
      throw new AppError('unavailable', 'The trainer at bench cannot be reached.');
    };
    const end = await driveIteration(id, new AbortController().signal, {
      connect: () => ({ ...trainer.port, getJob: away }),
    });
    expect(end).toBe('trainer');
    expect(await view()).toMatchObject({ state: 'grpo', waitingFor: 'The trainer at bench cannot be reached.' });
    expect(await go()).toBe('over');
    expect(await view()).toMatchObject({ state: 'done', waitingFor: null });
  });

  test('two processes do not drive the same one', async () => {
    const { id, trainer, drive: go } = await begin((asked) => ['hold', ...goodScript(asked)]);
    const first = go();
    await expect.poll(() => trainer.taken).toEqual(['grpo']);
    expect(await drive(id, trainer)).toBe('elsewhere');
    const releasing = setInterval(trainer.release, 20);
    expect(await first).toBe('over');
    clearInterval(releasing);
    expect(trainer.taken).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
  });
});

test('strangers and reviewers move nothing', async () => {
  const { world, id } = await begin();
  const { owner: stranger } = await seedProject();
  for (const viewer of [stranger, world.reviewer]) {
    await expect(cancelIteration(viewer, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(retryIteration(viewer, id, 'grpo')).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(getIteration(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await listIterations(stranger)).toEqual([]);
});
