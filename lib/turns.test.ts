import { expect, test } from 'vitest';
import { createTurns } from './turns';

const work = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

test.each([
  ['long steps let others in between', 6, true],
  ['short ones go on', 0, false],
] as const)('%s', async (_name, stepMs, shared) => {
  const turn = createTurns(5);
  let others = 0;
  const other = setInterval(() => {
    others += 1;
  }, 1);
  for (let step = 0; step < 10; step += 1) {
    work(stepMs);
    await turn();
  }
  clearInterval(other);
  expect(others > 0).toBe(shared);
});
