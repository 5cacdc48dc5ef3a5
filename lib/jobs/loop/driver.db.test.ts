import { expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration } from '@/lib/data/iterations/read';
import { decidePair } from '@/lib/data/pairs/decide';
import { baseOf, seedWorld, wholePlan } from '@/lib/data/testing/seed-world';
import { runLoop } from './driver';
import { goodScript, type Script, scriptedTrainer } from './testing';

const WAIT = { timeout: 20_000 };

test('the worker takes up what is launched, waits for people, and goes on when they have decided', async () => {
  const world = await seedWorld();
  const { owner, trainerId } = world;
  const stop = new AbortController();
  const trainer = scriptedTrainer(goodScript);
  const running = runLoop(stop.signal, { connect: () => trainer.port });
  const { explore, align } = wholePlan(world);
  const plan = {
    explore: { ...explore, mostQuestions: 1 },
    curate: { gate: { policy: 'review_sample', count: 2 } },
    align,
  } as const;
  const run = { name: 'watched', base: baseOf(world) };
  const { iterationId } = await launchIteration(owner, { run, trainerId, plan });
  const toReview = async () => (await getIteration(owner, iterationId)).gate?.toReview;
  await expect.poll(toReview, WAIT).toBe(2);
  const pairs = await db.pair.findMany({ where: { iterationId }, select: { id: true } });
  for (const { id: pairId } of pairs) {
    if ((await toReview()) === 0) break;
    await decidePair(owner, { decisionId: crypto.randomUUID(), pairId, request: { action: 'approve' } });
  }
  // Well before the long wait for news that was lost.
  await expect.poll(async () => (await getIteration(owner, iterationId)).state, WAIT).toBe('done');
  stop.abort();
  await running;
});

test('an iteration without a trainer is left to whoever plays a recording into it', async () => {
  const world = await seedWorld();
  const { owner, trainerId } = world;
  const run = { name: 'recorded', base: baseOf(world) };
  const { iterationId } = await launchIteration(owner, { run, trainerId, plan: wholePlan(world) });
  await db.iteration.update({ where: { id: iterationId }, data: { trainerId: null } });
  const stop = new AbortController();
  const running = runLoop(stop.signal, { connect: () => scriptedTrainer(goodScript).port });
  await new Promise((resolve) => setTimeout(resolve, 2_500)); // two rounds
  stop.abort();
  await running;
  expect(await getIteration(owner, iterationId)).toMatchObject({ state: 'grpo', jobs: [] });
});

test('every connection to the database is cut in the middle, again and again, and nothing is lost or failed', async () => {
  const world = await seedWorld();
  const { owner, trainerId } = world;
  const slow: Script = (asked) =>
    goodScript(asked).flatMap((act, at) => (at % 12 === 0 ? ['hold' as const, act] : [act]));
  const trainer = scriptedTrainer(slow);
  const stop = new AbortController();
  const running = runLoop(stop.signal, { connect: () => trainer.port });
  const releasing = setInterval(trainer.release, 150);
  const run = { name: 'cut', base: baseOf(world) };
  const { iterationId } = await launchIteration(owner, { run, trainerId, plan: wholePlan(world) });
  const cut = () =>
    pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  for (let times = 0; times < 4; times += 1) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await cut();
  }
  const stateNow = () =>
    getIteration(owner, iterationId).then(
      ({ state }) => state,
      () => 'no answer', // its connection was cut as well
    );
  await expect.poll(stateNow, { timeout: 60_000 }).toBe('done');
  clearInterval(releasing);
  stop.abort();
  await running;
  expect(trainer.taken).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
  expect(await getIteration(owner, iterationId)).toMatchObject({ rollouts: 50, unverified: 0 });
}, 120_000);
