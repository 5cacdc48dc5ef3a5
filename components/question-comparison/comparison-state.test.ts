import { describe, expect, test } from 'vitest';
import { formatQuestionAddress, parseQuestionAddress } from '@/lib/domain/question-comparison/address';
import { addressOf, type ComparisonMove, moveComparison, startOf } from './comparison-state';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const ids = [1, 2, 3, 4].map((digit) => `${digit}c1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a22`);
const [a = '', b = '', c = '', d = ''] = ids;

const slice = (k: number) => ({ runId: RUN, k, stage: 'eval' as const });
const from = (query: string) => startOf(parseQuestionAddress(new URLSearchParams(query)));
const slicesOf = (count: number) => Array.from({ length: count }, (_, k) => `slice=${RUN}.${k}.eval`).join('&');
const start = from(slicesOf(2));
const play = (state: typeof start, ...moves: readonly ComparisonMove[]) => moves.reduce(moveComparison, state);
const choose = (side: 'left' | 'right', id: string): ComparisonMove => ({ type: 'choose', side, id });

describe('choosing two chains', () => {
  test.each([
    ['one alone is no diff', [choose('left', a), { type: 'open' }], { chosen: { left: a, right: null }, open: false }],
    [
      'one of each side is',
      [choose('left', a), choose('right', b), { type: 'open' }],
      { chosen: { left: a, right: b }, open: true },
    ],
    ['the same again lets go', [choose('left', a), choose('left', a)], { chosen: { left: null, right: null } }],
    ['another takes its place', [choose('left', a), choose('left', b)], { chosen: { left: b, right: null } }],
    [
      'an open diff goes on with another',
      [choose('left', a), choose('right', b), { type: 'open' }, choose('right', c)],
      { chosen: { left: a, right: c }, open: true },
    ],
    [
      'an open diff does not lose a side',
      [choose('left', a), choose('right', b), { type: 'open' }, choose('left', a)],
      { chosen: { left: a, right: b }, open: true },
    ],
    [
      'closed, the choice stands',
      [choose('left', a), choose('right', b), { type: 'open' }, { type: 'close' }],
      { chosen: { left: a, right: b }, open: false },
    ],
  ] as const satisfies readonly (readonly [string, readonly ComparisonMove[], object])[])(
    '%s',
    (_, moves, expected) => {
      expect(play(start, ...moves)).toMatchObject(expected);
    },
  );
});

test('swapping takes the chosen chains along, and twice is nothing', () => {
  const open = play(start, choose('left', a), choose('right', b), { type: 'open' });
  const swapped = play(open, { type: 'swap' });
  expect(swapped).toMatchObject({ left: 1, right: 0, chosen: { left: b, right: a }, open: true });
  expect(play(swapped, { type: 'swap' })).toEqual(open);
});

describe('slices', () => {
  test.each([
    [
      'one that is there moves to the side',
      3,
      { type: 'show', side: 'right', slice: slice(2) },
      { left: 0, right: 2 },
      3,
    ],
    ['a new one is added', 2, { type: 'show', side: 'right', slice: slice(7) }, { left: 0, right: 2 }, 3],
    [
      'a fifth one takes the place of what stood there',
      4,
      { type: 'show', side: 'right', slice: slice(7) },
      { left: 0, right: 1 },
      4,
    ],
    ['one to the distributions', 2, { type: 'add', slice: slice(7) }, { left: 0, right: 1 }, 3],
    ['not twice', 2, { type: 'add', slice: slice(1) }, { left: 0, right: 1 }, 2],
    ['not a fifth', 4, { type: 'add', slice: slice(7) }, { left: 0, right: 1 }, 4],
    ['one is taken out', 3, { type: 'drop', slice: slice(2) }, { left: 0, right: 1 }, 2],
    ['none of the two sides', 3, { type: 'drop', slice: slice(1) }, { left: 0, right: 1 }, 3],
    ['one that is not there', 3, { type: 'drop', slice: slice(9) }, { left: 0, right: 1 }, 3],
  ] as const)('%s', (_, count, move, sides, left) => {
    const state = play(from(slicesOf(count)), move);
    expect(state).toMatchObject(sides);
    expect(state.slices).toHaveLength(left);
  });

  test('those after one that is taken out keep their sides', () => {
    const state = play(from(`${slicesOf(4)}&left=3&right=2`), { type: 'drop', slice: slice(0) });
    expect([state.slices[state.left]?.k, state.slices[state.right]?.k]).toEqual([3, 2]);
  });

  test('a fifth one leaves the other side alone where both show the same', () => {
    const state = play(from(`${slicesOf(4)}&left=1&right=1`), { type: 'show', side: 'right', slice: slice(7) });
    expect([state.slices[state.left]?.k, state.slices[state.right]?.k]).toEqual([1, 7]);
  });

  test.each([
    ['another slice', { type: 'show', side: 'right', slice: slice(7) }],
    ['another step', { type: 'group', side: 'right', id: d, others: [c, d] }],
  ] as const)('%s on a side lets go of its chain and closes the diff', (_, move) => {
    const open = play(start, choose('left', a), choose('right', b), { type: 'open' });
    expect(play(open, move)).toMatchObject({ chosen: { left: a, right: null }, open: false });
  });

  test('a slice shows one of its groups', () => {
    const others = [b, c, d];
    const state = play(
      start,
      { type: 'group', side: 'left', id: a, others: [a] },
      { type: 'group', side: 'right', id: b, others },
      { type: 'group', side: 'right', id: d, others },
    );
    expect(state.groups).toEqual([a, d]);
  });
});

describe('the address', () => {
  test('has the two chains only while their diff is open, and brings it back', () => {
    const chosen = play(start, choose('left', a), choose('right', b));
    expect(addressOf(chosen).diff).toBeNull();
    const open = play(chosen, { type: 'open' }, { type: 'layout', layout: 'inline' });
    expect(from(formatQuestionAddress(addressOf(open)).toString())).toEqual(open);
    expect(addressOf(play(open, { type: 'close' })).diff).toBeNull();
  });
});
