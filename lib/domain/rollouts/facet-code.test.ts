import { expect, test } from 'vitest';
import { facetDigits, readFacetCode } from './facet-code';

test.each([
  ['all first values', 0, { stage: 'activation', kind: 'choice', correct: 'yes', corrected: 'yes' }],
  ['only the last digit', 1, { corrected: 'no', disagrees: 'yes' }],
  // 5·19440 + 3·3240 + 1·1080 + 1·270 + 0 + 1·30 + 3·6 + 1·2 + 1
  [
    'weights as in the migration',
    108_321,
    {
      stage: 'eval',
      kind: 'regression',
      correct: 'no',
      consistency: 'inconsistent',
      wellFormed: 'yes',
      repetitive: 'no',
      lengthClass: 'cut_off',
      disagrees: 'no',
      corrected: 'no',
    },
  ],
  [
    'all last values',
    116_639,
    { stage: 'eval', kind: 'text', correct: 'unknown', lengthClass: 'unknown', corrected: 'no' },
  ],
] as const)('%s', (_name, code, expected) => {
  expect(readFacetCode(code)).toMatchObject(expected);
});

test.each([116_640, -1, 0.5])('%d is no code', (code) => {
  expect(() => readFacetCode(code)).toThrow(RangeError);
});

test.each(Object.entries(facetDigits))('the digit of %s says what the code does', (name, { weight, values }) => {
  for (const code of [0, 54_321, 108_321, 116_639]) {
    expect(readFacetCode(code)).toHaveProperty(name, values[Math.floor(code / weight) % values.length]);
  }
});
