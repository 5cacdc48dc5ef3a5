import { expect, test } from 'vitest';
import type { Stage } from '@/lib/domain/rollout';
import { formatSlice, type Slice } from './slice';
import { sliceOfRun, slicesOfIterations } from './stand-for';

const of = (...names: readonly (readonly [number, Stage])[]): Slice[] =>
  names.map(([k, stage]) => ({ runId: 'r', k, stage }));
const named = (slices: readonly Slice[]) => slices.map((slice) => formatSlice(slice).slice(2));

test.each([
  [
    'the evaluation of each',
    of([0, 'eval'], [1, 'grpo'], [1, 'eval'], [2, 'eval'], [2, 'dpo']),
    ['0.eval', '1.eval', '2.eval'],
  ],
  ['the last stage where there is none', of([0, 'activation'], [0, 'grpo'], [1, 'eval']), ['0.grpo', '1.eval']],
  ['in order of k', of([10, 'grpo'], [2, 'grpo']), ['2.grpo', '10.grpo']],
  ['nothing of nothing', [], []],
])('%s', (_name, slices, expected) => {
  expect(named(slicesOfIterations(slices))).toEqual(expected);
  expect(named([sliceOfRun(slices)].flatMap((slice) => slice ?? []))).toEqual(expected.slice(-1));
});
