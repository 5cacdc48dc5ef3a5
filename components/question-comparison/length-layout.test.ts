import { describe, expect, test } from 'vitest';
import type { ComparedChain, SliceChains } from '@/lib/domain/question-comparison/comparison';
import { emptyFilter, type RolloutListState } from '@/lib/domain/rollouts/filter';
import { lengthData, lengthSummary } from './length-data';
import { lengthLayout, ROW_PX } from './length-layout';

const list: RolloutListState = { filter: emptyFilter, sort: 'newest', view: 'grouped' };
const SIZE = { width: 600 };
const widthOf = (text: string) => text.length * 6;

const chain = (position: number, thinkTokens: number | null, correct: boolean | null = true): ComparedChain => ({
  id: `${String(position).padStart(8, '0')}-54a2-4f0e-8f4c-0d9c5f3a7a11`,
  position,
  thinkTokens,
  tokenSource: 'trainer',
  sampleIndex: position,
  answer: 'B',
  corrected: false,
  wellFormed: true,
  correct,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 1.5,
  response: '',
  frames: null,
  evidence: [],
  cut: false,
});
const slice = (k: number, chains: readonly ComparedChain[], runName = 'run'): SliceChains => ({
  runId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11',
  k,
  stage: 'grpo',
  runName,
  groups: [],
  groupId: null,
  sampler: null,
  chains: [...chains],
});

describe('the dots', () => {
  const slices = [
    slice(1, [chain(1, 50), chain(2, 100, false), chain(3, 50)]),
    slice(2, [chain(4, 200), chain(5, null)]),
  ];
  const { rows, marks, left, right, bottom } = lengthLayout(slices, list, SIZE, widthOf);

  test('stand on one axis from zero', () => {
    const [first, second] = rows;
    const xOf = (at: number) => first?.dots[at]?.x ?? Number.NaN;
    // 50, 50, 100 tokens: half the way from zero to the first is half the way to the second.
    expect(xOf(0) - left).toBeCloseTo((xOf(2) - left) / 2, 6);
    expect((second?.dots[0]?.x ?? 0) - left).toBeCloseTo(2 * (xOf(2) - left), 6);
    expect(second?.dots[0]?.x).toBeLessThanOrEqual(right);
  });

  test('equal lengths stand above one another, inside their row', () => {
    const [a, b] = rows[0]?.dots ?? [];
    expect(a?.x).toBe(b?.x);
    expect(a?.y).toBeGreaterThan(b?.y ?? Number.POSITIVE_INFINITY);
    const many = lengthLayout(
      [
        slice(
          1,
          Array.from({ length: 64 }, (_, at) => chain(at, 7)),
        ),
      ],
      list,
      SIZE,
      widthOf,
    );
    const ys = many.rows[0]?.dots.map(({ y }) => y) ?? [];
    expect(Math.min(...ys)).toBeGreaterThan(0);
    expect(new Set(ys).size).toBe(64);
  });

  test('one mark for each measured chain, with its words and its page', () => {
    expect(marks).toHaveLength(4);
    expect(marks[2]?.words).toMatchObject({
      title: 'Sample 2 of GRPO 1',
      lines: ['100 tokens', 'wrong, consistent'],
      href: '/rollouts/00000002-54a2-4f0e-8f4c-0d9c5f3a7a11',
    });
    expect(rows[0]?.dots.map((dot) => dot.right)).toEqual([true, true, false]);
    expect(bottom).toBe(2 * ROW_PX);
  });

  test('a slice without any has a row, and no mean', () => {
    const empty = lengthLayout([slice(1, [])], list, SIZE, widthOf);
    expect(empty.rows).toMatchObject([{ name: 'GRPO 1', mean: null, dots: [] }]);
  });
});

test.each([
  ['several', [chain(1, 50), chain(2, 101)], 'GRPO 1: 2 chains of 50–101 tokens, mean 75.5.'],
  ['one', [chain(1, 50)], 'GRPO 1: 1 chain of 50 tokens, mean 50.0.'],
  ['none measured', [chain(1, null)], 'GRPO 1: no chain of known length.'],
])('in words: %s', (_, chains, text) => {
  expect(lengthSummary([slice(1, chains)])).toBe(text);
});

test('as rows, those without a length as well', () => {
  const { rows } = lengthData([slice(1, [chain(1, 50), chain(2, null, null)]), slice(2, [chain(3, 9, false)])], list);
  expect(rows.map(({ cells }) => [cells.chain, cells.slice, cells.tokens, cells.correct])).toEqual([
    ['Sample 1', 'GRPO 1', 50, 'yes'],
    ['Sample 2', 'GRPO 1', null, null],
    ['Sample 3', 'GRPO 2', 9, 'no'],
  ]);
});
