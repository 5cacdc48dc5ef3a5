import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import { batchEvents } from './batch-events';

const line = (seq: number): TrainerEvent => ({
  seq,
  time: '2026-01-05T10:00:00.000Z',
  type: 'log',
  level: 'info',
  message: '',
  questionId: null,
});

/** Numbers are events, `null` is a pause of 120 ms. */
async function* source(steps: readonly (number | null)[], end?: Error): AsyncGenerator<TrainerEvent> {
  for (const step of steps) {
    if (step === null) await sleep(120);
    else yield line(step);
  }
  if (end) throw end;
}

const limits = { events: 3, chars: 1_000_000, ms: 40 };

const collect = async (events: AsyncGenerator<TrainerEvent>, most = limits) => {
  const batches: number[][] = [];
  const reading = (async () => {
    for await (const batch of batchEvents(events, most)) batches.push(batch.map(({ seq }) => seq));
  })();
  const failure: unknown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  return { batches, failure };
};

test.each([
  ['nothing', [], limits, []],
  ['a flood goes in full batches', [1, 2, 3, 4, 5, 6, 7], limits, [[1, 2, 3], [4, 5, 6], [7]]],
  ['what is there goes when it is due', [1, 2, null, 3], limits, [[1, 2], [3]]],
  ['long silence makes no empty batches', [null, null, 1, null], limits, [[1]]],
  ['much text closes a batch', [1, 2, 3], { ...limits, chars: 400 }, [[1, 2], [3]]],
] as const)('%s', async (_name, steps, most, batches) => {
  expect(await collect(source(steps), most)).toEqual({ batches, failure: undefined });
});

test('long lines close a batch as long responses do', async () => {
  async function* talk(): AsyncGenerator<TrainerEvent> {
    for (const seq of [1, 2, 3])
      yield { ...line(seq), type: 'log', level: 'info', message: 'x'.repeat(300), questionId: null };
  }
  expect((await collect(talk(), { ...limits, chars: 900 })).batches).toEqual([[1, 2], [3]]);
});

test('what came before a failure is not lost', async () => {
  const lost = new Error('the connection is lost');
  expect(await collect(source([1, 2], lost))).toEqual({ batches: [[1, 2]], failure: lost });
});

test('whoever stops listening lets the source end', async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<TrainerEvent> {
    try {
      for (let seq = 1; ; seq += 1) yield line(seq);
    } finally {
      ended = true;
    }
  }
  for await (const batch of batchEvents(endless(), limits)) if (batch.length > 0) break;
  await expect.poll(() => ended).toBe(true);
});
