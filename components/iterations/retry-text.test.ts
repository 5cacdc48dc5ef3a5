import { expect, test } from 'vitest';
import type { Job } from '@/lib/domain/job';
import { planSchema } from '@/lib/domain/loop/plan';
import { retryText } from './retry-text';

const job = (kind: Job['kind'], state: Job['state'], superseded = false): Job => ({
  id: `0b9f2d6e-6a57-4c0e-9f0c-${`${kind}${superseded}`.length.toString(16).padStart(12, '0')}`,
  kind,
  stage: kind === 'dpo' ? 'dpo' : 'grpo',
  state,
  superseded,
  attempt: 1,
  device: null,
  step: 1200,
  steps: 4000,
  dataCount: null,
  rollouts: 0,
  error: null,
  createdAt: '2026-01-05T10:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  result: null,
});
const part = { questionSets: ['00000000-0000-4000-8000-000000000001'], settings: {} };
const plan = planSchema.parse({
  explore: part,
  sample: part,
  curate: { gate: { policy: 'auto_approve' } },
  align: { settings: {} },
  evaluate: part,
});
const set = { id: '0b9f2d6e-6a57-4c0e-9f0c-4c8a4c1f7a11', number: 4, pairCount: 9 };

test.each([
  ['a job that failed goes on', 'dpo', [job('dpo', 'failed')], null, /DPO job goes on .* step 1,200/],
  [
    'the one that broke off goes on',
    'grpo',
    [job('grpo', 'succeeded'), job('rollout', 'cancelled')],
    null,
    /sampling job goes on/,
  ],
  [
    'jobs that succeeded are made again',
    'grpo',
    [job('grpo', 'succeeded'), job('rollout', 'succeeded')],
    null,
    /begin anew/,
  ],
  ['one was never made', 'grpo', [job('grpo', 'succeeded')], null, /stands: the sampling job is made/],
  ['one is still at work', 'grpo', [job('grpo', 'running')], null, /GRPO job is still with the trainer/],
  ['one that gave way to another does not count', 'dpo', [job('dpo', 'failed', true)], null, /one is made/],
  ['a stage without a job', 'eval', [job('grpo', 'succeeded')], null, /one is made/],
  ['verdicts stay', 'verify', [], null, /stay/],
  ['a frozen set stays', 'curate', [], set, /set 4/],
  ['nothing frozen yet', 'curate', [], null, /gate is asked again/],
] as const)('%s', (_name, stage, jobs, pairSet, expected) => {
  expect(retryText({ plan, jobs: [...jobs], pairSet }, stage)).toMatch(expected);
});
