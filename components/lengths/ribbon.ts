/** Quantiles as ribbons: the median, the middle half around it, and behind it all but a twentieth at each end. */
import type { LinePoint, LineSeries, Look } from '@/components/charts/plot-types';
import type { Quantiles } from '@/lib/domain/lengths/schema';
import { formatCount } from '@/lib/domain/text/counted';

export type RibbonPoint = Pick<LinePoint, 'x' | 'title' | 'href'> & {
  readonly n: number;
  readonly quantiles: Omit<Quantiles, 'p99'>;
};

export const quantileLines = ({ p5, p25, p50, p75, p95 }: RibbonPoint['quantiles'], n: number): string[] => [
  `Median ${formatCount(p50)}`,
  `Half of them ${formatCount(p25)} to ${formatCount(p75)}`,
  `90 % of them ${formatCount(p5)} to ${formatCount(p95)}`,
  `${formatCount(n)} rollouts`,
];

type Ribbon = { readonly key: string; readonly name: string; readonly short: string; readonly look: Look };

/** One ribbon as two series, the wide one behind; one point alone is drawn as an interval. */
export const ribbonOf = ({ key, name, short, look }: Ribbon, points: readonly RibbonPoint[]): LineSeries[] => {
  const interval = points.length > 1 ? 'band' : 'bars';
  const at = (low: 'p5' | 'p25', high: 'p75' | 'p95') =>
    points.map(({ x, title, href, n, quantiles }) => ({
      x,
      y: quantiles.p50,
      low: quantiles[low],
      high: quantiles[high],
      title,
      lines: quantileLines(quantiles, n),
      href,
    }));
  return [
    { key: `${key} wide`, name, short, look, interval, behind: true, points: at('p5', 'p95') },
    { key, name, short, look, interval, points: at('p25', 'p75') },
  ];
};
