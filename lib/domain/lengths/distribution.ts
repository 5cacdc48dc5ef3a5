/** From counts to what the charts of one answer show: the same edges for all, and points that a browser can carry. */
import { accuracyBins, quartersOf } from './accuracy';
import { binCounts, countBeyond, ecdfOf, joinCounts, type LengthCounts, meanOf, quantilesOf, totalOf } from './counts';
import { lengthEdges } from './edges';
import {
  type AccuracySeries,
  type LengthPlace,
  type LengthSeries,
  type Lengths,
  type Quantiles,
  quantileShares,
} from './schema';
import type { LengthFacet, LengthScale } from './selection';

/** The counts of one series, with those of its rollouts that have no length. */
export type CountedSeries = LengthPlace & {
  readonly counts: LengthCounts;
  readonly estimated: number;
  readonly uncounted: number;
};

/** Small charts of one page. */
export const MOST_VALUES = 6;
/** Points of one chart, all its series together, and the most and the fewest of one series. */
const POINTS = 480;
const MOST_OF_ONE = 80;
const MOST_BINS = 40;
const LEAST_OF_ONE = 6;
const ACCURACY_BINS = 10;

const share = (series: number, most: number): number =>
  Math.max(LEAST_OF_ONE, Math.min(most, Math.floor(POINTS / Math.max(1, series))));

/** The shown quantiles; null where nothing was counted. */
const quantilesOfCounts = (counts: LengthCounts): Quantiles | null => {
  const [p5, p25, p50, p75, p95, p99] = quantilesOf(counts, Object.values(quantileShares));
  if (p5 === undefined || p25 === undefined || p50 === undefined) return null;
  if (p75 === undefined || p95 === undefined || p99 === undefined) return null;
  return { p5, p25, p50, p75, p95, p99 };
};

const seriesOf = (
  { slice, value, counts, estimated, uncounted }: CountedSeries,
  edges: readonly number[],
  points: number,
): LengthSeries => {
  const quantiles = quantilesOfCounts(counts);
  return {
    slice,
    value,
    n: totalOf(counts),
    estimated,
    uncounted,
    mean: meanOf(counts),
    shortest: counts[0]?.length ?? null,
    longest: counts.at(-1)?.length ?? null,
    quantiles,
    beyond99: quantiles ? countBeyond(counts, quantiles.p99) : 0,
    bins: binCounts(counts, edges),
    beyondEdges: countBeyond(counts, (edges.at(-1) ?? 0) - 1),
    ecdf: ecdfOf(counts, points),
  };
};

const accuracyOf = ({ slice, value, counts }: Pick<CountedSeries, 'slice' | 'value' | 'counts'>, bins: number) =>
  ({ slice, value, bins: accuracyBins(counts, bins), quarters: quartersOf(counts) }) satisfies AccuracySeries;

/** Right and wrong apart have no accuracy: it is of the whole slice then. */
const bySlice = (series: readonly CountedSeries[]): Pick<CountedSeries, 'slice' | 'value' | 'counts'>[] =>
  [...Map.groupBy(series, ({ slice }) => slice)].map(([slice, parts]) => ({
    slice,
    value: null,
    counts: joinCounts(parts.map(({ counts }) => counts)),
  }));

/** The values that are shown: those with the most rollouts, in the order given by `order`. */
const shownValues = (series: readonly CountedSeries[], order: (a: string, b: string) => number): (string | null)[] => {
  const sizes = [...Map.groupBy(series, ({ value }) => value)].map(([value, parts]) => ({
    value,
    n: parts.reduce((sum, { counts, uncounted }) => sum + totalOf(counts) + uncounted, 0),
  }));
  return sizes
    .toSorted((a, b) => b.n - a.n)
    .slice(0, MOST_VALUES)
    .map(({ value }) => value)
    .sort((a, b) => (a === null || b === null ? 0 : order(a, b)));
};

type Asked = {
  readonly facet: LengthFacet | null;
  readonly scale: LengthScale;
  /** How the values of the facet follow each other. */
  readonly order: (a: string, b: string) => number;
};

/** All that follows from the counts. */
export const distributionOf = (
  counted: readonly CountedSeries[],
  { facet, scale, order }: Asked,
): Pick<Lengths, 'series' | 'edges' | 'accuracy' | 'hiddenValues'> => {
  const values = shownValues(counted, order);
  const shown = values
    .flatMap((value) => counted.filter((series) => series.value === value).toSorted((a, b) => a.slice - b.slice))
    .filter(({ counts, uncounted }) => counts.length > 0 || uncounted > 0);
  const points = share(shown.length, MOST_OF_ONE);
  const edges = lengthEdges(joinCounts(shown.map(({ counts }) => counts)), scale, share(shown.length, MOST_BINS));
  const judged = facet === 'correct' ? bySlice(counted) : shown;
  return {
    series: shown.map((series) => seriesOf(series, edges, points)),
    edges,
    accuracy: judged.map((series) => accuracyOf(series, share(judged.length, ACCURACY_BINS))),
    hiddenValues: new Set(counted.map(({ value }) => value)).size - values.length,
  };
};
