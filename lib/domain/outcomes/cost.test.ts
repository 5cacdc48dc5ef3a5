import { describe, expect, test } from 'vitest';
import { costRatio, deviceHours, type JobCost, parsePrice, rateOf, stageCosts, stageRatio, sumSeconds } from './cost';

const job = (kind: JobCost['kind'], over: Partial<JobCost> = {}): JobCost => ({
  jobId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11',
  iterationId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a12',
  k: 1,
  kind,
  stage: kind === 'dpo' ? 'dpo' : 'grpo',
  state: 'succeeded',
  superseded: false,
  attempt: 1,
  device: 'cpu',
  steps: 10,
  seconds: null,
  clockSeconds: null,
  units: null,
  questions: null,
  ...over,
});

// 200 questions of 8 rollouts in 140 s: 0.7 s a question, 0.0875 s a rollout. 1,000 pairs in 100 s: 0.1 s a pair.
const grpo = [
  job('grpo', { seconds: 40, units: 800, questions: 100 }),
  job('grpo', { seconds: 100, units: 800, questions: 100 }),
];
const dpo = [job('dpo', { seconds: 100, units: 1_000 })];

describe('the ratio of GRPO to DPO', () => {
  test('per question is that of the method, per rollout the group makes the difference', () => {
    expect(costRatio([...grpo, ...dpo], 'question')).toMatchObject({
      grpo: { seconds: 140, units: 200 },
      dpo: { seconds: 100, units: 1_000 },
    });
    expect(costRatio([...grpo, ...dpo], 'question').ratio).toBeCloseTo(7, 12);
    expect(costRatio([...grpo, ...dpo], 'rollout').ratio).toBeCloseTo(7 / 8, 12);
  });

  test.each([
    ['no DPO', grpo],
    ['no GRPO', dpo],
    ['DPO that has no seconds yet', [...grpo, job('dpo', { units: 5 })]],
    ['DPO whose work nobody knows', [...grpo, job('dpo', { seconds: 5 })]],
    ['nothing', []],
  ] as const)('%s: there is none', (_name, jobs) => expect(costRatio(jobs, 'question').ratio).toBeNull());

  test('a superseded job, an evaluation and plain sampling leave it alone', () => {
    const others = [
      job('grpo', { seconds: 900, units: 8, questions: 1, superseded: true }),
      job('eval', { seconds: 900, units: 1 }),
      job('rollout', { seconds: 900, units: 1 }),
    ];
    expect(costRatio([...grpo, ...dpo, ...others], 'question').ratio).toBeCloseTo(7, 12);
  });
});

test('a rate is of the jobs that tell both', () => {
  expect(
    rateOf([job('eval', { seconds: 10, units: 40 }), job('eval', { seconds: 99 }), job('eval', { units: 99 })]),
  ).toEqual({
    seconds: 10,
    units: 40,
    secondsPerUnit: 0.25,
  });
  expect(rateOf([]).secondsPerUnit).toBeNull();
});

test('what is spent is spent, superseded or not; what tells nothing is counted as silent', () => {
  const jobs = [job('grpo', { seconds: 3_000 }), job('grpo', { seconds: 600, superseded: true }), job('dpo')];
  expect(sumSeconds(jobs)).toEqual({ seconds: 3_600, silent: 1 });
  expect(deviceHours(3_600)).toBe(1);
});

test.each([
  ['2.5', 2.5],
  [' 2,5 ', 2.5],
  ['0.0001', 0.0001],
  ['100000', 100_000],
  ['100001', null],
  ['0', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
  [null, null],
  ['2.50.1', null],
  ['NaN', null],
] as const)('the price %j is %j', (text, price) => expect(parsePrice(text)).toBe(price));

test('a stage has the job that counts and those before it', () => {
  const jobs = [
    job('grpo', { seconds: 900, superseded: true }),
    job('grpo', { seconds: 100 }),
    job('dpo', { k: 1 }),
    job('grpo', { iterationId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a13', k: 2, seconds: 50 }),
  ];
  expect(stageCosts(jobs).map(({ k, kind, seconds, superseded }) => [k, kind, seconds, superseded])).toEqual([
    [1, 'grpo', 100, 900],
    [1, 'dpo', null, 0],
    [2, 'grpo', 50, 0],
  ]);
  expect(stageCosts([])).toEqual([]);
});

test('the ratio of whole stages asks not for units, and not for superseded jobs', () => {
  const jobs = [
    job('grpo', { seconds: 100 }),
    job('grpo', { seconds: 900, superseded: true }),
    job('dpo', { seconds: 40 }),
  ];
  expect(stageRatio(jobs).ratio).toBe(2.5);
  expect(stageRatio(jobs.slice(0, 2)).ratio).toBeNull();
});
