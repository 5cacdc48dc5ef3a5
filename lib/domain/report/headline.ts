/** What a comparison says, in a few sentences: only what is sure. */
import { changeUnit, formatChange, formatMetric, metricTexts, verdictOf } from '@/lib/domain/comparison/metric-text';
import { type Metric, metrics } from '@/lib/domain/comparison/metrics';
import type { Difference, SideChange } from '@/lib/domain/comparison/schema';

const ways = { better: 'better', worse: 'worse', more: 'higher', less: 'lower' } as const;

const phrase = (metric: Metric, { base, other, interval }: Difference): string => {
  const unit = changeUnit(metric);
  const change = interval ? `${formatChange(metric, interval.difference)}${unit === '' ? '' : ` ${unit}`}, ` : '';
  return `${metricTexts[metric].label.toLowerCase()} (${change}${formatMetric(metric, base)} → ${formatMetric(metric, other)})`;
};

export type Headline = { readonly way: string; readonly phrases: readonly string[] };

/** Metrics by what their difference comes to, those that are better first; those of which nothing is sure last. */
export const headlinesOf = ({ differences }: SideChange): Headline[] => {
  const byVerdict = Map.groupBy(metrics, (metric) => verdictOf(metric, differences[metric].interval));
  const sure = (['better', 'worse', 'more', 'less'] as const).flatMap((verdict) => {
    const found = byVerdict.get(verdict) ?? [];
    return found.length === 0
      ? []
      : [{ way: `Surely ${ways[verdict]}`, phrases: found.map((metric) => phrase(metric, differences[metric])) }];
  });
  const unclear = byVerdict.get('unclear') ?? [];
  return unclear.length === 0
    ? sure
    : [
        ...sure,
        { way: 'No sure difference', phrases: unclear.map((metric) => metricTexts[metric].label.toLowerCase()) },
      ];
};
