import { expect, test } from 'vitest';
import { type IterationState, iterationStates } from '@/lib/domain/run';
import { whyRunStays } from './run-move';

const held: readonly IterationState[] = ['grpo', 'curate'];

test.each(iterationStates)('an iteration in %s', (state) => {
  const why = whyRunStays([
    { k: 0, state: 'done' },
    { k: 1, state },
  ]);
  if (held.includes(state)) expect(why).toMatch(/^Iteration 1 .*: move the run when that is over/);
  else expect(why).toBeNull();
});

test('a run without iterations may move', () => {
  expect(whyRunStays([])).toBeNull();
});
