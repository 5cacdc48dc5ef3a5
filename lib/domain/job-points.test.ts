import { expect, test } from 'vitest';
import type { JobMetrics, MetricPoint } from './job';
import { cursorOf, mergeMetrics, namesOf, rolloutStepOf, secondsPerStep, smooth, thinOut } from './job-points';

const point = (step: number, values: MetricPoint['values']): MetricPoint => ({ phase: 'train', step, values });
const steps = (count: number) => Array.from({ length: count }, (_, at) => point(at + 1, { loss: at + 1 }));

test.each([
  ['none', 0, 3, []],
  [
    'fewer than asked for stay as they are',
    2,
    3,
    [
      [1, 1, 1],
      [2, 2, 2],
    ],
  ],
  [
    'neighbours are averaged',
    4,
    2,
    [
      [1, 2, 1.5],
      [3, 4, 3.5],
    ],
  ],
  [
    'the last bin may be short',
    5,
    2,
    [
      [1, 3, 2],
      [4, 5, 4.5],
    ],
  ],
] as const)('thinning: %s', (_name, count, most, expected) => {
  expect(thinOut(steps(count), most).map(({ from, to, values }) => [from, to, values.loss])).toEqual(expected);
});

test('what was not finite counts in no mean, and a bin of nothing else stays empty', () => {
  const points = [point(1, { kl: null }), point(2, { kl: 4 }), point(3, { kl: null }), point(4, { kl: null })];
  expect(thinOut(points, 2).map(({ values }) => values.kl)).toEqual([4, null]);
});

test('smoothing looks back only, and leaves holes', () => {
  const drawn = thinOut([point(1, { a: 2 }), point(2, { a: null }), point(3, { a: 4 })], 9);
  expect(smooth(drawn, 3).map(({ values }) => values.a)).toEqual([2, null, 3]);
});

const turn = (step: number, sampleSeconds: number) => point(step, { sampleSeconds, rewardSeconds: 1, trainSeconds: 2 });

test.each([
  ['before the first step', [], null],
  ['one step a turn', [turn(1, 3), turn(2, 5)], 7],
  ['two steps share a turn', [turn(1, 3), turn(2, 3)], 4],
  ['DPO', [point(1, { trainSeconds: 2 }), point(2, { trainSeconds: 4 })], 3],
  ['an engine that tells no times', [point(1, { loss: 1 })], null],
] as const)('seconds a step: %s', (_name, points, expected) => {
  expect(secondsPerStep(points)).toBe(expected);
});

test('a turn whose first step was thinned away is not guessed at', () => {
  expect(rolloutStepOf([turn(1, 3), turn(4, 5)], 4)).toBeNull();
});

test.each([
  ['the first turn samples at step 0', 1, 0],
  ['the second step of a turn learns from the same answers', 2, 0],
  ['the next turn', 3, 2],
  ['a step that is not there', 9, null],
] as const)('rollouts of a step: %s', (_name, step, expected) => {
  expect(rolloutStepOf([turn(1, 3), turn(2, 3), turn(3, 5), turn(4, 5)], step)).toBe(expected);
});

const of = (phase: string, step: number): MetricPoint => ({ phase, step, values: { loss: step } });

test('what came later is put behind what is known of its phase', () => {
  const known = { points: [of('reference', 3), of('train', 1), of('train', 2)], count: 3 };
  expect(cursorOf(known.points)).toEqual({ reference: 3, train: 2 });
  expect(cursorOf([])).toEqual({});
  const merged = mergeMetrics(known, { points: [of('train', 3), of('eval', 1)], count: 5 });
  expect(merged?.count).toBe(5);
  expect(merged?.points.map(({ phase, step }) => `${phase} ${step}`)).toEqual([
    'eval 1',
    'reference 3',
    'train 1',
    'train 2',
    'train 3',
  ]);
});

test('no news leaves the very same object, and counts that do not fit ask for everything again', () => {
  const known = { points: [of('train', 1), of('train', 2)], count: 2 };
  expect(mergeMetrics(known, { points: [], count: 2 })).toBe(known);
  // One came between, or the answer was thinned.
  expect(mergeMetrics(known, { points: [of('train', 9)], count: 4 })).toBeNull();
});

test('a screen that stays open holds no more than a chart can show', () => {
  let known: JobMetrics | null = { points: [], count: 0 };
  for (let at = 0; at < 12_000 && known; at += 500) {
    const points = Array.from({ length: 500 }, (_, index) => of('train', at + index + 1));
    known = mergeMetrics(known, { points, count: at + 500 });
  }
  expect(known?.count).toBe(12_000);
  expect(known?.points.length).toBeLessThan(4_500);
  expect([known?.points[0]?.step, known?.points.at(-1)?.step]).toEqual([1, 12_000]);
});

test('a figure that no point has a number of has no name', () => {
  expect([...namesOf([point(1, { loss: 1, kl: null }), point(2, { loss: null, reward: 0 })])]).toEqual([
    'loss',
    'reward',
  ]);
});
