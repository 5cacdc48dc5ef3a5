import { describe, expect, test } from 'vitest';
import { wholeLengths } from '@/lib/domain/lengths/selection';
import { parseRolloutList } from '@/lib/domain/rollouts/filter';
import { nameOf, orderedBehind, rolloutsBehind, type Told } from './series-words';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const OTHER = '1b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const told: Told = {
  slices: [{ runId: RUN, k: 2, stage: 'grpo', runName: 'shapes' }],
  names: { [OTHER]: 'Held out' },
  facet: null,
  unit: 'tokens',
  narrow: { ...wholeLengths, kind: ['number'], consistency: ['inconsistent'] },
};
const listOf = (address: string) => parseRolloutList(new URLSearchParams(address.slice(address.indexOf('?'))));

describe('the rollouts behind a number', () => {
  test.each([
    ['tokens', { lengthMin: 10, lengthMax: 19 }],
    ['words', { wordsMin: 10, wordsMax: 19 }],
    ['sentences', { sentencesMin: 10, sentencesMax: 19 }],
  ] as const)('between two lengths in %s, narrowed as the page is', (unit, range) => {
    const { filter } = listOf(rolloutsBehind({ ...told, unit }, { slice: 0, value: null, from: 10, to: 19 }));
    expect(filter).toMatchObject({ run: [RUN], ...range });
    expect(filter.facets).toMatchObject({
      iteration: ['2'],
      stage: ['grpo'],
      kind: ['number'],
      consistency: ['inconsistent'],
      correct: [],
    });
  });

  test('of one value of the facet, which the page may be narrowed by, too', () => {
    const { filter } = listOf(rolloutsBehind({ ...told, facet: 'consistency' }, { slice: 0, value: 'consistent' }));
    expect(filter.facets.consistency).toEqual(['consistent']);
  });

  test('with a truth, at some steps, longest first', () => {
    const { filter, sort, view } = listOf(
      orderedBehind(told, { slice: 0, value: null, judged: true, stepMin: 3, stepMax: 5 }, 'longest'),
    );
    expect(filter).toMatchObject({ stepMin: 3, stepMax: 5 });
    expect(filter.facets.correct).toEqual(['yes', 'no']);
    expect([sort, view]).toEqual(['longest', 'flat']);
  });
});

test('a slice is named with its run where there are several, and with the value of the facet', () => {
  expect(nameOf(told, { slice: 0, value: null })).toBe('GRPO 2');
  const two = { ...told, slices: [...told.slices, { runId: OTHER, k: 0, stage: 'eval', runName: 'other' } as const] };
  expect(nameOf(two, { slice: 1, value: null })).toBe('Eval 0 of other');
  expect(nameOf({ ...told, facet: 'set' }, { slice: 0, value: OTHER })).toBe('GRPO 2, Held out');
  expect(nameOf({ ...told, facet: 'correct' }, { slice: 0, value: 'no' })).toBe('GRPO 2, wrong');
});
