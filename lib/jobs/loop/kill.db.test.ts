import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { cancelIteration } from '@/lib/data/iterations/cancel';
import { launchIteration } from '@/lib/data/iterations/launch';
import { baseOf, seedWorld, wholePlan } from '@/lib/data/testing/seed-world';
import { driveIteration } from './drive';
import { goodScript, type Script, scriptedTrainer } from './testing';
import { mortalAfter } from './testing-kill';
import { readFinalRows } from './testing-rows';

/** Half the questions, so that every part of the loop is there in few calls. */
const begin = async (script: Script = goodScript) => {
  const world = await seedWorld();
  const whole = wholePlan(world);
  const plan = {
    ...whole,
    explore: { ...whole.explore, mostQuestions: 2 },
    sample: { ...whole.sample, mostQuestions: 2 },
  };
  const { owner, trainerId } = world;
  const { iterationId } = await launchIteration(owner, {
    run: { name: 'shapes', base: baseOf(world) },
    trainerId,
    plan,
  });
  return { owner, iterationId, trainer: scriptedTrainer(script) };
};
type Begun = Awaited<ReturnType<typeof begin>>;

/** Drives until the process dies, or the drive ends; returns the calls it made. */
const driveMortal = async ({ iterationId, trainer }: Begun, most: number): Promise<number> => {
  const mortal = mortalAfter(most);
  try {
    await driveIteration(iterationId, mortal.signal, { connect: () => mortal.port(trainer.port) });
  } catch (error) {
    if (!mortal.signal.aborted) throw error; // else it died of it
  } finally {
    mortal.bury();
  }
  return mortal.calls();
};

const driveOn = ({ iterationId, trainer }: Begun) =>
  driveIteration(iterationId, new AbortController().signal, { connect: () => trainer.port });

/** A drive that never ends says where it was killed. */
const within = <T>(work: Promise<T>, what: string): Promise<T> =>
  Promise.race([
    work,
    sleep(60_000, undefined, { ref: false }).then(() => {
      throw new Error(`${what} does not end`);
    }),
  ]);

/** `VERIPO_KILL_EVERY=1` kills after each single call; the suite takes some of them. */
const every = Number(process.env.VERIPO_KILL_EVERY ?? 29);

let calls = 0;
let unkilled: Awaited<ReturnType<typeof readFinalRows>>;
beforeAll(async () => {
  const begun = await begin();
  calls = await driveMortal(begun, Number.POSITIVE_INFINITY);
  unkilled = await readFinalRows(begun.iterationId);
});

test('an iteration that nobody kills is done', () => {
  expect(unkilled.iteration).toMatchObject([{ state: 'done' }]);
  expect(calls).toBeGreaterThan(100);
});

test('killed after any call, it ends as if nobody had killed it', { timeout: 3_600_000 }, async () => {
  for (let most = 1; most < calls; most += every) {
    const begun = await begin();
    await within(driveMortal(begun, most), `the drive killed after ${most} calls`);
    expect(await within(driveOn(begun), `the drive after one killed after ${most} calls`)).toBe('over');
    expect(await readFinalRows(begun.iterationId), `after ${most} calls`).toEqual(unkilled);
    expect(begun.trainer.taken, `after ${most} calls`).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
  }
});

test('killed again and again, it ends the same', { timeout: 120_000 }, async () => {
  const begun = await begin();
  let lives = 1;
  for (let most = 40; (await driveMortal(begun, most)) >= most; most += 1) lives += 1;
  expect(lives).toBeGreaterThan(4);
  expect(await readFinalRows(begun.iterationId)).toEqual(unkilled);
  expect(begun.trainer.taken).toEqual(['grpo', 'rollout', 'dpo', 'eval']);
});

test('killed while it is cancelled, it ends cancelled', { timeout: 120_000 }, async () => {
  const held: Script = (asked) => (asked.request.kind === 'dpo' ? ['hold'] : goodScript(asked));
  for (let most = 2; most < 40; most += Math.max(1, Math.floor(every / 2))) {
    const begun = await begin(held);
    const stop = new AbortController();
    const driven = driveIteration(begun.iterationId, stop.signal, { connect: () => begun.trainer.port });
    await expect.poll(() => begun.trainer.taken.at(-1), { timeout: 20_000 }).toBe('dpo');
    stop.abort();
    await driven;
    await cancelIteration(begun.owner, begun.iterationId);
    await driveMortal(begun, most);
    expect(await driveOn(begun)).toBe('over');
    const { iteration, jobs } = await readFinalRows(begun.iterationId);
    expect(iteration, `after ${most} calls`).toMatchObject([{ state: 'cancelled', failed_stage: 'dpo' }]);
    expect(jobs.at(-1)).toMatchObject({ kind: 'dpo', state: 'cancelled' });
  }
});
