'use client';
import { useQuery } from '@tanstack/react-query';
import { ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import { Field, Select } from '@/components/ui/field';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import type { ComparisonAsked } from '@/lib/domain/comparison/asked';
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { Comparison } from '@/lib/domain/comparison/schema';
import { formatSlice } from '@/lib/domain/slices/slice';
import { changesQuery, comparisonQuery } from '@/lib/queries/comparison';
import { CellTable } from './cell-table';
import { ComparisonCharts } from './comparison-charts';
import { FlipPanel } from './flip-panel';
import { MetricTable } from './metric-table';
import { SettingsTable } from './settings-table';
import { useAgainst } from './use-against';
import { useFlipPlace } from './use-flip-place';

/** Pixels that the differences of one slice take. */
const CHART_PX = 332;

type BodyProps = { readonly asked: ComparisonAsked; readonly initial: Comparison | undefined };

/** Two or more slices: figures first, what is worked out by question after them. */
export const ComparisonBody = ({ asked, initial }: BodyProps) => {
  const figures = useQuery({ ...comparisonQuery(asked), ...(initial ? { initialData: initial } : {}) });
  const changes = useQuery(changesQuery(asked));
  if (figures.error) return <Failed error={figures.error} onRetry={() => void figures.refetch()} />;
  if (!figures.data) {
    return (
      <Loading what="the comparison">
        <Skeleton className="h-[48rem] w-full" />
      </Loading>
    );
  }
  return (
    <>
      <MetricTable comparison={figures.data} changes={changes.data} narrow={asked.narrow} />
      {changes.error ? (
        <ChartFailed
          title="Differences"
          height={CHART_PX}
          error={changes.error}
          onRetry={() => void changes.refetch()}
        />
      ) : changes.data ? (
        <Worked comparison={figures.data} changes={changes.data} narrow={asked.narrow} />
      ) : (
        <ChartLoading title="Differences" height={CHART_PX} />
      )}
      <SettingsTable comparison={figures.data} />
    </>
  );
};

type WorkedProps = Parameters<typeof ComparisonCharts>[0];

const Worked = ({ comparison, changes, narrow }: WorkedProps) => {
  const { slices } = comparison;
  const [base, ...others] = slices;
  const [place] = useFlipPlace();
  const [against, setAgainst] = useAgainst();
  const key = place ? formatSlice(place.other) : against;
  const at = others.findIndex((slice) => formatSlice(slice) === key);
  const chosen = at < 0 ? others.length - 1 : at;
  const [other, change] = [others[chosen], changes.sides[chosen]];
  return (
    <>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <ComparisonCharts comparison={comparison} changes={changes} narrow={narrow} />
      </div>
      {others.length > 1 && other && (
        <Field label="Flips and sets of" className="max-w-80">
          {(control) => (
            <Select {...control} value={formatSlice(other)} onChange={({ target }) => setAgainst(target.value)}>
              {others.map((slice) => (
                <option key={formatSlice(slice)} value={formatSlice(slice)}>
                  {nameAmong(slice, slices)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {base && other && change && (
        <>
          <FlipPanel slices={slices} base={base} other={other} change={change} narrow={narrow} />
          <CellTable other={other} name={nameAmong(other, slices)} change={change} />
        </>
      )}
    </>
  );
};
