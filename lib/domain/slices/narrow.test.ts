import { describe, expect, test } from 'vitest';
import { formatSlices, parseNarrow, wholeSlices } from './narrow';
import { parseSlices } from './slice';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const [A, B] = ['1b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11', '2b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11'];

test('slices and what narrows them come back as they went', () => {
  const slices = [
    { runId: RUN, k: 2, stage: 'eval' },
    { runId: RUN, k: 0, stage: 'eval' },
  ] as const;
  const params = formatSlices(slices, { set: [A, B], kind: ['choice', 'text'] });
  expect(parseSlices(params)).toEqual(slices);
  expect(parseNarrow(params)).toEqual({ set: [A, B], kind: ['choice', 'text'] });
});

describe('an address by hand', () => {
  test.each([
    ['nothing', '', wholeSlices],
    ['what is no id and no kind', 'set=x&kind=video&set=', wholeSlices],
    ['upper case, twice', `set=${A.toUpperCase()}&set=${A}`, { set: [A], kind: [] }],
    ['kinds in another order', 'kind=text&kind=choice&kind=text', { set: [], kind: ['choice', 'text'] }],
  ])('%s', (_name, query, narrow) => expect(parseNarrow(new URLSearchParams(query))).toEqual(narrow));
});
