import { expect, test } from 'vitest';
import type { IterationSummary } from '@/lib/domain/iteration';
import { sayMove, sortMoves } from './moves';

const id = (at: number) => `11111111-1111-4111-8111-${String(at).padStart(12, '0')}`;
const iteration = (at: number, changes: Partial<IterationSummary>): IterationSummary => ({
  id: id(at),
  k: at,
  run: { id: id(99), name: 'shapes' },
  state: 'grpo',
  failedStage: null,
  waitingFor: null,
  createdAt: `2026-01-0${at}T00:00:00.000Z`,
  finishedAt: null,
  step: null,
  steps: null,
  toReview: 0,
  ...changes,
});

test('what waits for people comes first, then what waits for a trainer, then the newest', () => {
  const { moving, over } = sortMoves([
    iteration(1, {}),
    iteration(2, { state: 'done' }),
    iteration(3, { waitingFor: 'The trainer does not answer.' }),
    iteration(4, { state: 'curate', toReview: 12 }),
    iteration(5, {}),
    iteration(6, { state: 'failed' }),
  ]);
  expect([moving.map(({ k }) => k), over.map(({ k }) => k)]).toEqual([
    [4, 3, 5, 1],
    [6, 2],
  ]);
});

test.each<[Partial<IterationSummary>, string]>([
  [{ state: 'curate', toReview: 12 }, 'waits for you: 12 pairs to review'],
  [{ state: 'curate', toReview: 1 }, 'waits for you: 1 pair to review'],
  [{ state: 'curate' }, 'proposing pairs'],
  [{ step: 3, steps: 30 }, 'GRPO, step 3 of 30'],
  [{ state: 'dpo' }, 'DPO'],
  [{ waitingFor: 'The trainer does not answer.' }, 'The trainer does not answer.'],
  [{ state: 'failed', failedStage: 'eval', waitingFor: 'old' }, 'failed in evaluation'],
  [{ state: 'failed', failedStage: 'curate' }, 'failed in curation'],
  [{ state: 'cancelled' }, 'cancelled'],
  [{ state: 'done' }, 'done'],
])('%o: %s', (changes, text) => {
  expect(sayMove(iteration(1, changes))).toBe(text);
});
