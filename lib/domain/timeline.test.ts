import { expect, test } from 'vitest';
import type { Stage } from './rollout';
import { type Cell, emptyTally, type Iteration, type LoopPart, type Tally } from './run';
import { stagesOf } from './timeline';

const iteration = (over: Partial<Iteration> = {}): Iteration => ({
  id: 'i',
  k: 0,
  state: 'imported',
  failedStage: null,
  failedReason: null,
  pairs: { proposed: 0, approved: 0, rejected: 0 },
  pairSets: [],
  loop: null,
  ...over,
});
const loop = (over: Partial<LoopPart> = {}): LoopPart => ({
  planned: ['grpo', 'verify', 'curate', 'dpo', 'eval'],
  waitingFor: null,
  toReview: null,
  pairSetId: null,
  jobs: [],
  ...over,
});
const set = (id: string, number: number) => ({ id, number, pairCount: 1 });
const cell = (stage: Stage, tally: Partial<Tally>): Cell => ({
  iterationId: 'i',
  stage,
  questionSetId: 's',
  questionSet: 'set',
  tally: { ...emptyTally(), ...tally },
});
const states = (turn: Iteration, cells: readonly Cell[] = []) => stagesOf(turn, cells).map(({ state }) => state);

test.each([
  ['nothing imported', iteration(), [], ['absent', 'waiting', 'waiting', 'absent', 'absent']],
  [
    'an evaluation, half verified',
    iteration(),
    [cell('eval', { rollouts: 4, verified: 2 })],
    ['absent', 'partial', 'waiting', 'absent', 'imported'],
  ],
  [
    'searched and verified, pairs open',
    iteration({ pairs: { proposed: 2, approved: 1, rejected: 0 } }),
    [cell('grpo', { rollouts: 4, verified: 4 })],
    ['imported', 'done', 'partial', 'absent', 'absent'],
  ],
  [
    'frozen',
    iteration({ pairs: { proposed: 0, approved: 1, rejected: 0 }, pairSets: [set('a', 3)] }),
    [cell('grpo', { rollouts: 4, verified: 4 })],
    ['imported', 'done', 'done', 'absent', 'absent'],
  ],
  ['a draft', iteration({ state: 'draft', loop: loop() }), [], ['waiting', 'waiting', 'waiting', 'waiting', 'waiting']],
  ['curating', iteration({ state: 'curate', loop: loop() }), [], ['done', 'done', 'running', 'waiting', 'waiting']],
  ['over', iteration({ state: 'done', loop: loop() }), [], ['done', 'done', 'done', 'done', 'done']],
  [
    'failed in dpo',
    iteration({ state: 'failed', failedStage: 'dpo', failedReason: 'No space left', loop: loop() }),
    [],
    ['done', 'done', 'done', 'failed', 'waiting'],
  ],
] as const)('%s', (_name, turn, cells, expected) => {
  expect(states(turn, cells)).toEqual(expected);
});

test('a failure says why, a frozen set its number', () => {
  const failed = iteration({ state: 'failed', failedStage: 'grpo', failedReason: 'No space left', loop: loop() });
  expect(stagesOf(failed, [])[0]?.says).toBe('No space left');
  const frozen = iteration({ pairSets: [set('a', 3)] });
  expect(stagesOf(frozen, [])[2]?.says).toBe('Set 3: 1 pair');
});

test('a stage of the loop tells what rollouts and sets there are', () => {
  const job = {
    kind: 'grpo',
    stage: 'grpo',
    state: 'succeeded',
    step: 40,
    steps: 40,
    dataCount: 64,
    rollouts: 8,
  } as const;
  const moved = iteration({
    state: 'dpo',
    pairSets: [set('a', 3), set('b', 4)],
    loop: loop({ jobs: [job], pairSetId: 'a' }),
  });
  expect(stagesOf(moved, [cell('grpo', { rollouts: 8, verified: 8 })]).map(({ says }) => says)).toEqual([
    '40 steps, 8 rollouts',
    '8 rollouts verified',
    'Set 3: 1 pair',
    'No job yet',
    'Waiting',
  ]);
});
