import { expect, test } from 'vitest';
import { type LoopIteration, type LoopJob, loopStages } from './stage-view';

const iteration = (over: Partial<LoopIteration> = {}): LoopIteration => ({
  state: 'grpo',
  failedStage: null,
  failedReason: null,
  waitingFor: null,
  planned: ['grpo', 'verify', 'curate', 'dpo', 'eval'],
  jobs: [],
  rollouts: 0,
  unverified: 0,
  pairs: { proposed: 0, approved: 0, rejected: 0 },
  toReview: null,
  set: null,
  ...over,
});
const job = (over: Partial<LoopJob> = {}): LoopJob => ({
  kind: 'grpo',
  stage: 'grpo',
  state: 'succeeded',
  step: 40,
  steps: 40,
  dataCount: 64,
  rollouts: 512,
  ...over,
});
const states = (of: LoopIteration) => loopStages(of).map(({ state }) => state);

test.each([
  ['begun', {}, ['running', 'waiting', 'waiting', 'waiting', 'waiting']],
  [
    'no answer from the trainer',
    { waitingFor: 'The trainer is away' },
    ['blocked', 'waiting', 'waiting', 'waiting', 'waiting'],
  ],
  ['verifying', { state: 'verify' }, ['done', 'running', 'waiting', 'waiting', 'waiting']],
  ['pairs for people', { state: 'curate', toReview: 3 }, ['done', 'done', 'people', 'waiting', 'waiting']],
  ['the gate is met', { state: 'curate', toReview: 0 }, ['done', 'done', 'running', 'waiting', 'waiting']],
  [
    'no alignment planned',
    { state: 'eval', planned: ['grpo', 'verify', 'eval'] },
    ['done', 'done', 'skipped', 'skipped', 'running'],
  ],
  ['over', { state: 'done' }, ['done', 'done', 'done', 'done', 'done']],
  ['failed in dpo', { state: 'failed', failedStage: 'dpo' }, ['done', 'done', 'done', 'failed', 'waiting']],
  [
    'cancelled while it verified',
    { state: 'cancelled', failedStage: 'verify' },
    ['done', 'cancelled', 'cancelled', 'cancelled', 'cancelled'],
  ],
  [
    'cancelled, nobody knows where',
    { state: 'cancelled' },
    ['cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled'],
  ],
  ['not begun', { state: 'draft' }, ['waiting', 'waiting', 'waiting', 'waiting', 'waiting']],
] as const)('states: %s', (_name, over, expected) => {
  expect(states(iteration(over))).toEqual(expected);
});

const says = (of: LoopIteration, at: number) => loopStages(of)[at]?.says;

test.each([
  ['a job in the queue', { jobs: [job({ state: 'queued', step: null })] }, 0, 'Waiting in the trainer’s queue'],
  ['a job that loads its model', { jobs: [job({ state: 'running', step: null })] }, 0, 'Training: starting'],
  [
    'a job under way',
    { jobs: [job({ state: 'running', step: 1200, steps: 4000 })] },
    0,
    'Training: step 1,200 of 4,000',
  ],
  [
    'sampling after training',
    { jobs: [job(), job({ kind: 'rollout', state: 'running', step: 1, steps: 2 })] },
    0,
    'Sampling: step 1 of 2',
  ],
  [
    'steps and rollouts when it is over',
    { state: 'done', jobs: [job(), job({ kind: 'rollout', rollouts: 8, step: 2 })] },
    0,
    '40 steps, 520 rollouts',
  ],
  [
    'an unreachable trainer',
    { waitingFor: 'The trainer gpu-1 does not answer' },
    0,
    'The trainer gpu-1 does not answer',
  ],
  ['half verified', { state: 'verify', rollouts: 10, unverified: 4 }, 1, '6 of 10 rollouts verified'],
  ['all verified', { state: 'curate', rollouts: 1 }, 1, '1 rollout verified'],
  ['one pair to review', { state: 'curate', toReview: 1 }, 2, '1 pair to review'],
  ['a frozen set', { state: 'dpo', set: { number: 4, pairCount: 812 } }, 2, 'Set 4: 812 pairs'],
  [
    'decided without a set yet',
    { state: 'curate', pairs: { proposed: 1, approved: 2, rejected: 0 } },
    2,
    '2 of 3 pairs decided',
  ],
  [
    'the pairs that DPO learnt from',
    { state: 'done', jobs: [job({ kind: 'dpo', step: 1, dataCount: 812, rollouts: 0 })] },
    3,
    '1 step, 812 pairs',
  ],
  ['answers of the evaluation', { state: 'done', jobs: [job({ kind: 'eval', rollouts: 96 })] }, 4, '96 answers'],
  ['a failure', { state: 'failed', failedStage: 'eval', failedReason: 'No space left' }, 4, 'No space left'],
] as const)('text: %s', (_name, over, at, expected) => {
  expect(says(iteration(over), at)).toBe(expected);
});

test('progress is that of the job under way only', () => {
  const running = iteration({ jobs: [job({ state: 'running', step: 3, steps: 9 })] });
  expect(loopStages(running)[0]).toMatchObject({ step: 3, steps: 9 });
  expect(loopStages(iteration({ state: 'done', jobs: [job()] }))[0]).toMatchObject({ step: null, steps: null });
});
