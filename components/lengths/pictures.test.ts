import { describe, expect, test } from 'vitest';
import { distributionOf } from '@/lib/domain/lengths/distribution';
import type { LengthPairs, Lengths } from '@/lib/domain/lengths/schema';
import { wholeLengths } from '@/lib/domain/lengths/selection';
import { pairTypes } from '@/lib/domain/pair';
import { accuracyPlots, accuracySummary, pointsWords } from './accuracy';
import { ecdfPlots } from './ecdf';
import { histogramData, histogramPlots, stackOf } from './histogram';
import { pairBars, pairSummary } from './pair-bars';
import { quantilePlots, quantileSummary } from './quantiles';
import type { Told } from './series-words';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const slices: Lengths['slices'] = [
  { runId: RUN, k: 1, stage: 'grpo', runName: 'r' },
  { runId: RUN, k: 2, stage: 'grpo', runName: 'r' },
  { runId: RUN, k: 2, stage: 'eval', runName: 'r' },
];
const told: Told = { slices, names: {}, facet: null, unit: 'tokens', narrow: wholeLengths };

/** The longer the wronger. */
const counts = (from: number) =>
  Array.from({ length: 200 }, (_, at) => ({
    length: from + at,
    n: 3,
    correct: at < 100 ? 2 : 0,
    incorrect: at < 100 ? 0 : 3,
  }));
const lengths: Lengths = {
  slices,
  names: {},
  ...distributionOf(
    slices.map((_, slice) => ({ slice, value: null, counts: counts(100 * slice), estimated: 0, uncounted: 0 })),
    { facet: null, scale: 'linear', order: () => 0 },
  ),
};

describe('pictures of an answer', () => {
  test('outlines are shares that sum to 1, every step with its rollouts', () => {
    const [plot] = histogramPlots(told, lengths);
    for (const { points } of plot?.series ?? []) {
      expect(points.reduce((sum, { y }) => sum + (y ?? 0), 0)).toBeCloseTo(1, 12);
      for (const { y, href } of points) expect(href === null).toBe((y ?? 0) === 0);
    }
    const rows = histogramData(told, lengths).rows;
    expect(rows.reduce((sum, { cells }) => sum + Number(cells.n), 0)).toBe(3 * 600);
  });

  test('one ribbon for each stage, the wide one behind, over k; a stage of one iteration is an interval', () => {
    const [plot] = quantilePlots(told, lengths);
    expect(
      plot?.series.map(({ name, behind, interval, points }) => [
        name,
        behind === true,
        interval,
        points.map(({ x }) => x),
      ]),
    ).toEqual([
      ['GRPO', true, 'band', [1, 2]],
      ['GRPO', false, 'band', [1, 2]],
      ['Eval', true, 'bars', [2]],
      ['Eval', false, 'bars', [2]],
    ]);
    expect(quantileSummary(told, lengths)).toContain(
      'The median of Eval 2 is 299, 200 tokens more than the 99 of GRPO 1.',
    );
  });

  test('the distribution function ends at all', () => {
    for (const { points } of ecdfPlots(told, lengths)[0]?.series ?? []) expect(points.at(-1)?.y).toBe(1);
  });

  test('accuracy falls with length here, and the summary says by how much', () => {
    const [first] = accuracyPlots(told, lengths)[0]?.series ?? [];
    expect(first?.points[0]?.y).toBe(1);
    expect(first?.points.at(-1)?.y).toBe(0);
    expect(accuracySummary(told, lengths)).toContain(
      'GRPO 1: the longest quarter is right 0.0 %, the shortest 100.0 %, −100.0 points',
    );
    expect(pointsWords({ difference: 0.08, low: -0.01, high: 0.17 })).toBe('+8.0 points (−1.0 to 17.0)');
  });

  test('right and wrong stack up to all', () => {
    const [series] = lengths.series;
    if (!series) throw new Error('there is no series');
    const { columns, parts } = stackOf(told, series, lengths.edges);
    expect(parts.map(({ key }) => key)).toEqual(['correct', 'incorrect', 'unjudged']);
    const sum = columns.flatMap(({ values }) => Object.values(values)).reduce((a, b) => a + b, 0);
    expect(sum + series.beyondEdges).toBe(series.n);
  });
});

test('longer wins: by type, what its rule makes longer apart, and whose word it is', () => {
  const ways = { longer: 30, shorter: 10, tied: 2 };
  const pairs: LengthPairs = {
    slices: slices.slice(0, 1),
    cells: [
      { slice: 0, type: 'accuracy', fate: 'kept', decider: 'policy', pairs: 42, proposed: ways, now: ways },
      {
        slice: 0,
        type: 'length',
        fate: 'undecided',
        decider: 'nobody',
        pairs: 5,
        proposed: { longer: 5, shorter: 0, tied: 0 },
        now: { longer: 5, shorter: 0, tied: 0 },
      },
    ],
  };
  const groups = pairBars(pairs);
  expect(groups.map(({ key, bars }) => [key, bars.map((bar) => [bar.key, bar.value])])).toEqual([
    [
      'free',
      [
        ['proposed', 0.75],
        ['policy', 0.75],
      ],
    ],
    [
      'accuracy',
      [
        ['proposed', 0.75],
        ['policy', 0.75],
      ],
    ],
    ['length', [['proposed', 1]]],
  ]);
  expect(pairTypes).toContain(groups[1]?.key);
  expect(groups[1]?.bars[0]?.href).toContain(`/pairs?run=${RUN}&iteration=1&type=accuracy&state=all`);
  expect(pairSummary(pairs)).toContain('proposed by the verifier 75.0 % (59.8 % to 85.8 %): longer is favoured');
});
