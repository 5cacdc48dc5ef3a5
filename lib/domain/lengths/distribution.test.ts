import { describe, expect, test } from 'vitest';
import { type CountedSeries, distributionOf, MOST_VALUES } from './distribution';

const series = (slice: number, value: string | null, lengths: readonly number[], more: object = {}): CountedSeries => ({
  slice,
  value,
  estimated: 0,
  uncounted: 0,
  counts: lengths.map((length) => ({ length, n: 1, correct: length % 2, incorrect: 1 - (length % 2) })),
  ...more,
});
const upTo = (count: number, from = 1): number[] => Array.from({ length: count }, (_, at) => from + at);
const asked = { facet: null, scale: 'linear', order: (a: string, b: string) => a.localeCompare(b) } as const;

describe('what the charts of one answer show', () => {
  test('every series is binned alike, and says what it counts', () => {
    const { series: shown, edges } = distributionOf(
      [series(1, null, upTo(100, 50)), series(0, null, upTo(100), { estimated: 3, uncounted: 2 })],
      asked,
    );
    expect(shown.map(({ slice, n, estimated, uncounted }) => [slice, n, estimated, uncounted])).toEqual([
      [0, 100, 3, 2],
      [1, 100, 0, 0],
    ]);
    for (const { bins, n, beyondEdges } of shown) {
      expect(bins).toHaveLength(edges.length - 1);
      expect(bins.reduce((sum, bin) => sum + bin.n, 0) + beyondEdges).toBe(n);
    }
    expect(shown[0]).toMatchObject({
      mean: 50.5,
      shortest: 1,
      longest: 100,
      quantiles: { p5: 5, p25: 25, p50: 50, p75: 75, p95: 95, p99: 99 },
      beyond99: 1,
    });
  });

  test('never more than a thousand points, with as many slices and values as there can be', () => {
    const many = Array.from({ length: 12 * 50 }, (_, at) => series(at % 12, `v${Math.floor(at / 12)}`, upTo(2_000)));
    const found = distributionOf(many, { ...asked, facet: 'set' });
    expect(found.series).toHaveLength(12 * MOST_VALUES);
    expect(found.hiddenValues).toBe(50 - MOST_VALUES);
    const points = found.series.reduce((sum, { bins, ecdf }) => sum + bins.length + ecdf.length, 0);
    expect(points).toBeLessThanOrEqual(1_000);
    const bins = found.accuracy.reduce((sum, one) => sum + one.bins.length, 0);
    expect(bins).toBeLessThanOrEqual(1_000);
  });

  test('by accuracy the lengths are apart, and their accuracy is of the whole slice', () => {
    const found = distributionOf([series(0, 'yes', [1, 3, 5]), series(0, 'no', [2, 4, 6])], {
      ...asked,
      facet: 'correct',
      order: (a, b) => (a === 'yes' ? -1 : b === 'yes' ? 1 : 0),
    });
    expect(found.series.map(({ value }) => value)).toEqual(['yes', 'no']);
    expect(found.accuracy).toMatchObject([{ slice: 0, value: null, bins: [{ from: 1, to: 6, n: 6, correct: 3 }] }]);
  });

  test('nothing counted shows nothing', () => {
    expect(distributionOf([], asked)).toEqual({ series: [], edges: [], accuracy: [], hiddenValues: 0 });
    const { series: shown, edges } = distributionOf([series(0, null, [], { uncounted: 4 })], asked);
    expect(edges).toEqual([]);
    expect(shown).toMatchObject([
      { n: 0, uncounted: 4, quantiles: null, mean: null, bins: [], ecdf: [], beyondEdges: 0 },
    ]);
  });
});
