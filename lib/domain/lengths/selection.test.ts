import { expect, test } from 'vitest';
import { formatLengthSelection, parseLengthSelection, wholeLengths } from './selection';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const parse = (query: string) => parseLengthSelection(new URLSearchParams(query));

test.each([
  ['nothing', ''],
  ['a slice', `slice=${RUN}.2.grpo`],
  [
    'everything',
    `slice=${RUN}.2.grpo&slice=${RUN}.1.eval&set=${RUN}&kind=number&correct=yes&correct=no&consistency=inconsistent&unit=words&facet=set&scale=log`,
  ],
])('%s comes back as it went', (_name, query) => {
  expect(formatLengthSelection(parse(query)).toString()).toBe(query);
});

test('what is on no list is left out, and values come in the order of the list', () => {
  expect(parse('unit=chars&facet=stage&scale=cubic&correct=maybe&consistency=x&slice=x&kind=x&set=x')).toEqual({
    slices: [],
    narrow: wholeLengths,
    unit: 'tokens',
    facet: null,
    scale: 'linear',
  });
  expect(parse('correct=unknown&correct=yes&correct=yes').narrow.correct).toEqual(['yes', 'unknown']);
});
