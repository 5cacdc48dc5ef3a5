import { expect, test } from 'vitest';
import type { JobState } from '@/lib/domain/trainer/names';
import { planSchema } from './plan';
import { retryJobs } from './retry';

const set = '00000000-0000-4000-8000-000000000001';
const part = { questionSets: [set], settings: {} };
const whole = planSchema.parse({
  explore: part,
  sample: part,
  curate: { gate: { policy: 'auto_approve' } },
  align: { settings: {} },
  evaluate: part,
});
const sampling = planSchema.parse({ sample: part });
const job = (kind: 'grpo' | 'rollout' | 'dpo' | 'eval', state: JobState) => ({ id: kind, kind, state });
const done = (['grpo', 'rollout', 'dpo'] as const).map((kind) => job(kind, 'succeeded'));

test.each([
  ['nothing was made', whole, 'grpo', [], [], null],
  ['GRPO failed', whole, 'grpo', [job('grpo', 'failed')], [], 'grpo'],
  ['GRPO was cancelled', whole, 'grpo', [job('grpo', 'cancelled')], [], 'grpo'],
  ['GRPO still runs', whole, 'grpo', [job('grpo', 'running')], [], null],
  ['sampling failed', whole, 'grpo', [job('grpo', 'succeeded'), job('rollout', 'failed')], [], 'rollout'],
  ['sampling was never asked for', whole, 'grpo', [job('grpo', 'succeeded')], [], null],
  ['both succeeded', whole, 'grpo', done, ['grpo', 'rollout', 'dpo'], null],
  ['sampling alone succeeded', sampling, 'grpo', [job('rollout', 'succeeded')], ['rollout'], null],
  ['sampling alone failed', sampling, 'grpo', [job('rollout', 'failed')], [], 'rollout'],
  ['from verify', whole, 'verify', done, ['dpo'], null],
  ['from curate, when DPO failed', whole, 'curate', [...done.slice(0, 2), job('dpo', 'failed')], ['dpo'], null],
  ['DPO failed', whole, 'dpo', [...done.slice(0, 2), job('dpo', 'failed')], [], 'dpo'],
  ['evaluation failed', whole, 'eval', [...done, job('eval', 'failed')], [], 'eval'],
  ['from dpo, when evaluation failed', whole, 'dpo', [...done, job('eval', 'failed')], ['dpo', 'eval'], null],
] as const)('%s', (_name, plan, from, jobs, superseded, resumed) => {
  expect(retryJobs(plan, from, jobs)).toEqual({ superseded, resumed });
});
