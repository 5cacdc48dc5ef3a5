import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/states';
import { WideTable } from '@/components/ui/wide-table';
import { formatMetric, metricTexts } from '@/lib/domain/comparison/metric-text';
import { definitions, type Metric, metrics } from '@/lib/domain/comparison/metrics';
import { pairingText } from '@/lib/domain/comparison/pairing-text';
import type { Changes, ComparedSlice, Comparison, SideChange } from '@/lib/domain/comparison/schema';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { formatSlice } from '@/lib/domain/slices/slice';
import { formatCount } from '@/lib/domain/text/counted';
import { ChangeText } from './change-text';
import { sliceRollouts } from './comparison-links';
import { SliceHeading } from './slice-heading';

const th = 'px-3 py-2 align-bottom font-medium text-ink-2 text-xs';
const td = 'px-3 py-1.5 align-top text-right tabular-nums whitespace-nowrap';

type FigureCellProps = {
  readonly slice: ComparedSlice;
  readonly metric: Metric;
  readonly narrow: Narrow;
  /** Of slices after the baseline; undefined while it is worked out. */
  readonly change: SideChange | undefined;
  readonly isBaseline: boolean;
};

const FigureCell = ({ slice, metric, narrow, change, isBaseline }: FigureCellProps) => {
  const { value, low, high, n, count } = slice.figures[metric];
  if (value === null) return <td className={`${td} text-ink-3`}>–</td>;
  return (
    <td className={td}>
      <Link
        href={sliceRollouts(slice, narrow, metricTexts[metric].facets)}
        className="font-medium hover:text-accent hover:underline"
      >
        {formatMetric(metric, value)}
      </Link>
      <div className="text-ink-3 text-xs">
        {definitions[metric].kind === 'share'
          ? `${formatCount(count ?? 0)} / ${formatCount(n)}`
          : `n = ${formatCount(n)}`}
        {low !== null && high !== null && ` · ${formatMetric(metric, low)} – ${formatMetric(metric, high)}`}
      </div>
      {!isBaseline && (
        <div className="mt-0.5 min-h-9">
          {change ? (
            <ChangeText metric={metric} difference={change.differences[metric]} />
          ) : (
            <Skeleton className="ml-auto h-8 w-28" />
          )}
        </div>
      )}
    </td>
  );
};

type MetricTableProps = {
  readonly comparison: Comparison;
  /** Undefined while they are worked out. */
  readonly changes: Changes | undefined;
  readonly narrow: Narrow;
};

/** Every metric of every slice, and how the others differ from the first. */
export const MetricTable = ({ comparison: { slices }, changes, narrow }: MetricTableProps) => {
  const estimated = slices.reduce((sum, slice) => sum + slice.estimated, 0);
  return (
    <Panel title="Metrics" flush>
      <WideTable label="Metrics">
        <thead>
          <tr>
            <th scope="col" className={`${th} text-left`}>
              Metric
            </th>
            {slices.map((slice) => (
              <th key={formatSlice(slice)} scope="col" className={`${th} text-right`}>
                <SliceHeading slice={slice} slices={slices} narrow={narrow} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric} className="border-line border-t hover:bg-sunken/60">
              <th scope="row" className="px-3 py-1.5 text-left align-top font-medium">
                {metricTexts[metric].label}
                <div className="font-normal text-ink-3 text-xs">{metricTexts[metric].of}</div>
              </th>
              {slices.map((slice, at) => (
                <FigureCell
                  key={formatSlice(slice)}
                  slice={slice}
                  metric={metric}
                  narrow={narrow}
                  change={changes?.sides[at - 1]}
                  isBaseline={at === 0}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
      <div className="border-line border-t px-3 py-2 text-ink-2 text-xs">
        <p>
          Beside each figure its 95 % interval as on every screen: Wilson’s for shares, the normal one for means. Below
          it the difference to the baseline with its 95 % bootstrap interval
          {changes && `, from ${formatCount(changes.resamples)} draws of whole questions`}: rollouts of one question
          rise and fall together.
        </p>
        <ul>
          {slices.slice(1).map((slice, at) => {
            const change = changes?.sides[at];
            return (
              <li key={formatSlice(slice)} className="min-h-[1.45em]">
                {change && pairingText(slice, slices, change.pairing)}
              </li>
            );
          })}
        </ul>
        {estimated > 0 && <p>The tokens of {formatCount(estimated)} rollouts are an estimate.</p>}
      </div>
    </Panel>
  );
};
