import { describe, expect, test } from 'vitest';
import type { GateStatus } from '@/lib/domain/iteration';
import { type IterationState, iterationStates } from '@/lib/domain/run';
import type { JobState } from '@/lib/domain/trainer/names';
import { type JobFact, nextStep, type Snapshot } from './next-step';
import { type PlanInput, planSchema } from './plan';
import { isMoving, type JobSlot, jobSlots, movingStates, retryStagesOf, slotsOf, statesOf } from './stages';

const set = '00000000-0000-4000-8000-000000000001';
const parts = {
  explore: { questionSets: [set], settings: {} },
  sample: { questionSets: [set], settings: {} },
  curate: { gate: { policy: 'review_all' } },
  align: { settings: {} },
  evaluate: { questionSets: [set], settings: {} },
  curriculum: { discard: 0.5 },
} as const satisfies PlanInput;
const own = { align: { pairSetId: set, settings: {} } } as const;
const plan = (input: PlanInput = parts) => planSchema.parse(input);

const job = (state: JobState, more: Partial<JobFact> = {}): JobFact => ({
  id: `job ${state}`,
  state,
  error: null,
  resumeRequested: false,
  ...more,
});
const noJobs: Record<JobSlot, JobFact | null> = { explore: null, sample: null, align: null, evaluate: null };
const done = job('succeeded');
const gate = (proposed: number, approved: number, rejected: number, toReview = proposed): GateStatus => ({
  proposed,
  approved,
  rejected,
  toReview,
  toReviewInAll: proposed + approved + rejected,
});

const at = (state: IterationState, more: Partial<Snapshot> = {}): Snapshot => ({
  state,
  cancelRequested: false,
  plan: plan(),
  hasTrainer: true,
  hasPerson: true,
  jobs: noJobs,
  stray: null,
  unverified: false,
  proposed: false,
  gate: null,
  pairSet: null,
  ...more,
});

describe('grpo', () => {
  test.each([
    ['nothing yet', {}, { do: 'create job', from: 'grpo', slot: 'explore' }],
    ['asked for', { jobs: { ...noJobs, explore: job('queued') } }, { do: 'follow job', jobId: 'job queued' }],
    ['under way', { jobs: { ...noJobs, explore: job('running') } }, { do: 'follow job', jobId: 'job running' }],
    ['explored', { jobs: { ...noJobs, explore: done } }, { do: 'create job', from: 'grpo', slot: 'sample' }],
    [
      'explored and sampled',
      { jobs: { ...noJobs, explore: done, sample: done } },
      { do: 'enter', from: 'grpo', next: 'verify' },
    ],
    [
      'failed',
      { jobs: { ...noJobs, explore: job('failed', { error: 'Out of memory.' }) } },
      { do: 'fail', from: 'grpo', reason: 'Out of memory.' },
    ],
    [
      'sampling failed without a word',
      { jobs: { ...noJobs, explore: done, sample: job('failed') } },
      { do: 'fail', from: 'grpo', reason: 'The job failed, and the trainer did not say why.' },
    ],
    [
      'cancelled by somebody on the trainer',
      { jobs: { ...noJobs, explore: job('cancelled') } },
      { do: 'fail', from: 'grpo', reason: 'The job was cancelled on the trainer.' },
    ],
    [
      'retried',
      { jobs: { ...noJobs, explore: job('failed', { resumeRequested: true }) } },
      { do: 'resume job', jobId: 'job failed' },
    ],
    [
      'a later job never counts',
      { jobs: { ...noJobs, align: done } },
      { do: 'create job', from: 'grpo', slot: 'explore' },
    ],
    ['sampling only', { plan: plan({ sample: parts.sample }) }, { do: 'create job', from: 'grpo', slot: 'sample' }],
    [
      'its trainer is gone',
      { hasTrainer: false },
      {
        do: 'fail',
        from: 'grpo',
        reason: 'Its trainer is no longer registered. Launch a new iteration on another one.',
      },
    ],
    [
      'its person is gone',
      { hasPerson: false },
      { do: 'fail', from: 'grpo', reason: 'The person who launched it is no longer here.' },
    ],
    ['a job of before runs on', { stray: 'old' }, { do: 'end job', jobId: 'old' }],
  ] as const)('%s', (_name, more, step) => {
    expect(nextStep(at('grpo', more))).toEqual(step);
  });
});

describe('verify and curate', () => {
  test.each([
    ['rollouts to read', at('verify', { unverified: true }), { do: 'verify' }],
    ['all read', at('verify'), { do: 'enter', from: 'verify', next: 'curate' }],
    ['no pairs yet', at('curate'), { do: 'propose' }],
    ['to review', at('curate', { proposed: true, gate: gate(3, 1, 0) }), { do: 'wait', toReview: 3 }],
    ['a sample to review', at('curate', { proposed: true, gate: gate(9, 1, 0, 2) }), { do: 'wait', toReview: 2 }],
    ['the sample reviewed', at('curate', { proposed: true, gate: gate(9, 1, 1, 0) }), { do: 'approve rest' }],
    ['all reviewed', at('curate', { proposed: true, gate: gate(0, 1, 5) }), { do: 'freeze' }],
    [
      'frozen',
      at('curate', { proposed: true, gate: gate(0, 1, 5), pairSet: { pairCount: 1 } }),
      { do: 'enter', from: 'curate', next: 'dpo' },
    ],
    [
      'none could be made',
      at('curate', { proposed: true, gate: gate(0, 0, 0) }),
      {
        do: 'fail',
        from: 'curate',
        reason: expect.stringMatching(/^No pair could be made of the rollouts: there is nothing to learn from\./),
      },
    ],
    [
      'all rejected',
      at('curate', { proposed: true, gate: gate(0, 0, 4) }),
      {
        do: 'fail',
        from: 'curate',
        reason: 'Every pair was rejected: there is nothing to learn from. Propose again or retry from grpo.',
      },
    ],
    ['its trainer is gone, which nothing here needs', at('curate', { hasTrainer: false }), { do: 'propose' }],
  ] as const)('%s', (_name, snapshot, step) => {
    expect(nextStep(snapshot)).toEqual(step);
  });
});

describe('dpo and eval', () => {
  const frozen = { pairSet: { pairCount: 4 } };
  test.each([
    ['a set to learn from', at('dpo', frozen), { do: 'create job', from: 'dpo', slot: 'align' }],
    ['no set', at('dpo'), { do: 'fail', from: 'dpo', reason: 'There is no frozen pair set to learn from.' }],
    [
      'an empty set',
      at('dpo', { pairSet: { pairCount: 0 } }),
      { do: 'fail', from: 'dpo', reason: 'There is no frozen pair set to learn from.' },
    ],
    ['a set of its own', at('dpo', { ...frozen, plan: plan(own) }), { do: 'create job', from: 'dpo', slot: 'align' }],
    ['aligned', at('dpo', { ...frozen, jobs: { ...noJobs, align: done } }), { do: 'enter', from: 'dpo', next: 'eval' }],
    ['to evaluate', at('eval', frozen), { do: 'create job', from: 'eval', slot: 'evaluate' }],
    ['evaluated', at('eval', { jobs: { ...noJobs, evaluate: done }, unverified: true }), { do: 'verify' }],
    [
      'its answers read',
      at('eval', { jobs: { ...noJobs, evaluate: done } }),
      { do: 'finish', from: 'eval', discard: 0.5 },
    ],
    [
      'while it runs nothing is read',
      at('eval', { jobs: { ...noJobs, evaluate: job('running') }, unverified: true }),
      { do: 'follow job', jobId: 'job running' },
    ],
  ] as const)('%s', (_name, snapshot, step) => {
    expect(nextStep(snapshot)).toEqual(step);
  });
});

describe('stages that the plan leaves out are passed over', () => {
  test.each([
    ['GRPO alone', { explore: parts.explore }, ['grpo', 'verify']],
    ['GRPO and curriculum', { explore: parts.explore, curriculum: parts.curriculum }, ['grpo', 'verify']],
    ['GRPO and evaluation', { explore: parts.explore, evaluate: parts.evaluate }, ['grpo', 'verify', 'eval']],
    ['pairs and no DPO', { sample: parts.sample, curate: parts.curate }, ['grpo', 'verify', 'curate']],
    ['DPO on an earlier set', own, ['dpo']],
    ['sampling, then DPO on an earlier set', { sample: parts.sample, ...own }, ['grpo', 'verify', 'dpo']],
    ['evaluation alone', { evaluate: parts.evaluate }, ['eval']],
    ['everything', parts, ['grpo', 'verify', 'curate', 'dpo', 'eval']],
  ] as const)('%s', (_name, input, states) => {
    expect(statesOf(plan(input))).toEqual(states);
    const jobs = { explore: done, sample: done, align: done, evaluate: done };
    const over = { plan: plan(input), jobs, pairSet: { pairCount: 1 } };
    const passed = states.map((state) => nextStep(at(state, over)));
    const discard = 'curriculum' in input ? 0.5 : null;
    expect(passed).toEqual(
      states.map((from, place) => {
        const next = states[place + 1];
        return next ? { do: 'enter', from, next } : { do: 'finish', from, discard };
      }),
    );
  });
});

describe('cancelling', () => {
  const open = (state: (typeof movingStates)[number], job_: JobFact) => {
    const slot = slotsOf[state][0];
    return slot ? { ...noJobs, [slot]: job_ } : noJobs;
  };
  test.each(movingStates)('%s without a job ends at once', (from) => {
    expect(nextStep(at(from, { cancelRequested: true, unverified: true }))).toEqual({ do: 'end cancelled', from });
  });
  test.each(['grpo', 'dpo', 'eval'] as const)('%s ends its job first', (from) => {
    const cancelled = (jobs: Snapshot['jobs']) => nextStep(at(from, { cancelRequested: true, jobs }));
    expect(cancelled(open(from, job('queued')))).toEqual({ do: 'end job', jobId: 'job queued' });
    expect(cancelled(open(from, job('running')))).toEqual({ do: 'end job', jobId: 'job running' });
    for (const over of ['succeeded', 'failed', 'cancelled'] as const) {
      expect(cancelled(open(from, job(over)))).toEqual({ do: 'end cancelled', from });
    }
  });
  test('a job on a trainer that is gone cannot be ended', () => {
    const jobs = { ...noJobs, explore: job('running') };
    expect(nextStep(at('grpo', { cancelRequested: true, hasTrainer: false, jobs }))).toEqual({
      do: 'end cancelled',
      from: 'grpo',
    });
  });
});

test.each(iterationStates.filter((state) => !isMoving(state)))('%s does not move', (state) => {
  for (const more of [{}, { cancelRequested: true }, { stray: 'old' }]) {
    expect(nextStep(at(state, more))).toEqual({ do: 'nothing' });
  }
});

test.each([
  ['everything, failed in dpo', parts, 'dpo', ['grpo', 'verify', 'curate', 'dpo']],
  ['everything, cancelled at once', parts, 'grpo', ['grpo']],
  ['an own set', own, 'dpo', ['dpo']],
  ['where it came to is unknown', { explore: parts.explore }, null, ['grpo', 'verify']],
] as const)('retrying: %s', (_name, input, cameTo, stages) => {
  expect(retryStagesOf(plan(input), cameTo)).toEqual(stages);
});

test('every slot belongs to one state', () => {
  expect(Object.values(slotsOf).flat().sort()).toEqual([...jobSlots].sort());
});
