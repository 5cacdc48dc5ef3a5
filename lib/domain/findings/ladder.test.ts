import { describe, expect, test } from 'vitest';
import type { SliceSummary } from '@/lib/domain/slices/slice';
import { dpoSteps, ladderOf } from './ladder';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const setOf = (name: string) => ({ id: `0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7b0${name}`, name, rollouts: 8 });

const slice = (stage: SliceSummary['stage'], k: number, over: Partial<SliceSummary> = {}): SliceSummary => ({
  runId: RUN,
  k,
  stage,
  runName: 'mine',
  iterationId: RUN,
  rollouts: 8,
  sets: [setOf('1')],
  kinds: ['choice'],
  seed: 0,
  afterDpo: null,
  ...over,
});
const names = (slices: readonly SliceSummary[] | null) => slices?.map(({ stage, k }) => `${stage} ${k}`) ?? null;

describe('the slices that tell what a run became', () => {
  test.each([
    ['none', [], null],
    ['one evaluation', [slice('eval', 0)], null],
    ['evaluations, first and last', [slice('eval', 2), slice('eval', 0), slice('eval', 1)], ['eval 0', 'eval 2']],
    [
      'evaluations before GRPO',
      [slice('grpo', 1), slice('grpo', 2), slice('eval', 1), slice('eval', 2)],
      ['eval 1', 'eval 2'],
    ],
    ['GRPO with one evaluation', [slice('grpo', 1), slice('eval', 1), slice('grpo', 2)], ['grpo 1', 'grpo 2']],
    [
      'the first that asks the same',
      [slice('eval', 0, { sets: [setOf('2')] }), slice('eval', 1), slice('eval', 2)],
      ['eval 1', 'eval 2'],
    ],
    ['none that ask the same', [slice('eval', 0, { sets: [setOf('2')] }), slice('eval', 1)], null],
  ] as const)('%s', (_, slices, expected) => expect(names(ladderOf(slices))).toEqual(expected));
});

describe('the slices that tell what DPO did', () => {
  const own = [0, 1, 2, 3].map((k) => slice('eval', k, { afterDpo: k > 0 }));
  const without = [0, 1, 2, 3].map((k) => slice('eval', k, { afterDpo: false, runName: 'without' }));
  const ks = (steps: readonly (readonly { k: number }[])[]) => steps.map((step) => step.map(({ k }) => k));

  test('are the first and the last turn', () => {
    expect(ks(dpoSteps(own, without))).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });
  test('are one where there is one', () => expect(ks(dpoSteps(own.slice(0, 2), without))).toEqual([[1, 1]]));
  test('are none beside a run that had DPO too, or of which nobody knows', () => {
    expect(dpoSteps(own, own)).toEqual([]);
    expect(
      dpoSteps(
        own,
        without.map((one) => ({ ...one, afterDpo: null })),
      ),
    ).toEqual([]);
  });
  test('ask the same questions', () => {
    expect(
      dpoSteps(
        own,
        without.map((one) => ({ ...one, sets: [setOf('2')] })),
      ),
    ).toEqual([]);
  });
});
