import { describe, expect, test } from 'vitest';
import { publishedOf } from '@/lib/domain/published/figures';
import { sliceName } from '@/lib/domain/slices/slice';
import { type BarGroup, figureTitle, foldBars, groupBySet, groupByStage, partWords, setTitle } from './bars';
import { accuracyOf, inconsistencyOf } from './readings';
import { testCell } from './test-support';

const inconsistency = (benchmark: Parameters<typeof publishedOf>[0]) => publishedOf(benchmark, 'inconsistency');
const shapeOf = (groups: readonly BarGroup[]) =>
  groups.map(({ name, bars }) => [
    name,
    ...bars.map((bar) =>
      bar.kind === 'own'
        ? `${sliceName(bar.cell)} ${bar.cell.setName}`
        : `${bar.figure.benchmark} ${figureTitle(bar.figure)}`,
    ),
  ]);

const other = '9b1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a12';
const loop = [
  testCell({ k: 1, stage: 'eval' }),
  testCell({ k: 0, stage: 'eval' }),
  testCell({ k: 1, stage: 'grpo' }),
  testCell({ k: 1, stage: 'eval', setId: other, setName: 'ours', benchmark: null }),
];

describe('groups', () => {
  test('by set, in the order of the loop, published beside', () => {
    expect(shapeOf(groupBySet(loop, inconsistency))).toEqual([
      [
        'videommmu',
        'Eval 0 videommmu',
        'GRPO 1 videommmu',
        'Eval 1 videommmu',
        'video-mmmu VerIPO, GRPO 1',
        'video-mmmu VerIPO, DPO 1',
        'video-mmmu VerIPO, GRPO 2',
        'video-mmmu VerIPO, DPO 2',
      ],
      ['ours', 'Eval 1 ours'],
    ]);
  });

  test('by stage, stages that only figures have in their place', () => {
    expect(shapeOf(groupByStage(loop, inconsistency('video-mmmu')))).toEqual([
      ['Eval 0', 'Eval 0 videommmu'],
      ['GRPO 1', 'GRPO 1 videommmu', 'video-mmmu VerIPO, GRPO 1'],
      ['DPO 1', 'video-mmmu VerIPO, DPO 1'],
      ['Eval 1', 'Eval 1 videommmu', 'Eval 1 ours'],
      ['GRPO 2', 'video-mmmu VerIPO, GRPO 2'],
      ['DPO 2', 'video-mmmu VerIPO, DPO 2'],
    ]);
  });

  test('of sets with one name stay apart', () => {
    const twins = [testCell(), testCell({ setId: other })];
    expect(groupBySet(twins, () => [])).toHaveLength(2);
  });

  test('long lists keep the newest bars of the run, and the figures beside them', () => {
    const many = Array.from({ length: 9 }, (_, k) => testCell({ k }));
    const { groups, hidden } = foldBars(groupBySet([...many, loop[3] ?? testCell()], inconsistency), 3);
    expect(hidden).toBe(7);
    expect(shapeOf(groups)).toEqual([expect.arrayContaining(['Eval 6 videommmu', 'Eval 8 videommmu'])]);
    expect(groups[0]?.bars).toHaveLength(3 + 4);
    expect(foldBars(groups, 3)).toEqual({ groups, hidden: 0 });
  });
});

test.each([
  ['the name says it', { setName: 'Video-MMMU (dev)' }, 'Video-MMMU (dev)'],
  ['it does not', { setName: 'round two' }, 'round two (Video-MMMU)'],
  ['it says another', { setName: 'tomato' }, 'tomato (Video-MMMU)'],
  ['of none', { setName: 'tomato', benchmark: null }, 'tomato'],
] as const)('a set is titled: %s', (_, over, title) => expect(setTitle(testCell(over))).toBe(title));

describe('a part of a benchmark', () => {
  test.each([
    ['less', [390], 'videommmu: 390 of 900 questions of Video-MMMU: not comparable as it stands.'],
    ['more', [1_000], 'videommmu: 1,000 of 900 questions of Video-MMMU: not comparable as it stands.'],
    [
      'now less, now all',
      [390, 900],
      'videommmu: 390 to 900 of 900 questions of Video-MMMU: not comparable as it stands.',
    ],
    ['all', [900, 900], undefined],
  ] as const)('%s is said', (_, asked, words) => {
    expect(partWords(asked.map((questions) => testCell({ questions })))).toBe(words);
  });

  test('is not said of none', () => {
    expect(partWords([testCell({ benchmark: null })])).toBeUndefined();
    expect(partWords([])).toBeUndefined();
  });
});

describe('readings', () => {
  test('the rate is over those decided, the undetermined over all that were read', () => {
    // 3 of 12; Wilson by hand: (0.25 + 0.16005) / 1.32012 ± 1.95996 √(0.1875/12 + 0.00667)/1.32012.
    const { rate, undetermined } = inconsistencyOf(testCell({ consistent: 9, inconsistent: 3, undetermined: 4 }));
    expect(rate).toMatchObject({ count: 3, total: 12, share: 0.25 });
    expect(rate.low).toBeCloseTo(0.0889, 4);
    expect(rate.high).toBeCloseTo(0.5323, 4);
    expect(undetermined).toMatchObject({ count: 4, total: 16, share: 0.25 });
  });

  test('accuracy is a mean of grades, strict a share of what is right or wrong', () => {
    // Grades 0.2, 0.4, 0.6 and 0.8: mean 0.5, s = 0.2582, ± 1.96 · 0.1291 = 0.253.
    const reading = accuracyOf(
      testCell({ scored: 4, accuracySum: 2, accuracySquares: 1.2, judged: 4, rightConsistent: 1 }),
    );
    expect(reading?.accuracy.mean).toBeCloseTo(0.5, 12);
    expect(reading?.accuracy.low).toBeCloseTo(0.247, 3);
    expect(reading?.accuracy.high).toBeCloseTo(0.753, 3);
    expect(reading?.strict).toMatchObject({ count: 1, total: 4, share: 0.25 });
  });

  test('an interval of shares ends at 0 and 1', () => {
    const reading = accuracyOf(testCell({ scored: 3, accuracySum: 2, accuracySquares: 2 }));
    expect(reading?.accuracy.high).toBe(1);
    expect(accuracyOf(testCell({ scored: 1, accuracySum: 1, accuracySquares: 1 }))?.accuracy).toEqual({
      mean: 1,
      low: null,
      high: null,
    });
    expect(accuracyOf(testCell({ scored: 0, accuracySum: 0, accuracySquares: 0 }))).toBeNull();
  });
});
