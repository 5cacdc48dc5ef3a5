import { describe, expect, test } from 'vitest';
import { formatSlice, MOST_SLICES, parseSlice, parseSlices, sliceName } from './slice';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';

describe('a slice in an address', () => {
  test('comes back as it went', () => {
    const slice = { runId: RUN, k: 2, stage: 'grpo' } as const;
    expect(parseSlice(formatSlice(slice))).toEqual(slice);
    expect(parseSlice(`${RUN.toUpperCase()}.2.grpo`)).toEqual(slice);
  });

  test.each([
    ['nothing', ''],
    ['no run', 'x.1.grpo'],
    ['no such stage', `${RUN}.1.train`],
    ['a negative k', `${RUN}.-1.grpo`],
    ['a k with a leading zero', `${RUN}.01.grpo`],
    ['an empty k', `${RUN}..grpo`],
    ['something behind it', `${RUN}.1.grpo.x`],
  ])('%s is none', (_, text) => expect(parseSlice(text)).toBeNull());

  test('is listed once, in order, and not without end', () => {
    const many = Array.from({ length: 2 * MOST_SLICES }, (_, k) => `${RUN}.${k}.eval`);
    const params = new URLSearchParams([...many, ...many, 'x'].map((text) => ['slice', text]));
    expect(parseSlices(params).map(formatSlice)).toEqual(many.slice(0, MOST_SLICES));
  });
});

test('its name is the stage and k', () => {
  expect(sliceName({ k: 2, stage: 'grpo' })).toBe('GRPO 2');
  expect(sliceName({ k: 0, stage: 'eval' })).toBe('Eval 0');
});
