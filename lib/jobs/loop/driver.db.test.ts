import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration } from '@/lib/data/iterations/read';
import { decidePair } from '@/lib/data/pairs/decide';
import { baseOf, seedWorld, wholePlan } from '@/lib/data/testing/seed-world';
import { runLoop } from './driver';
import { goodScript, scriptedTrainer } from './testing';

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
