'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/states';
import { WideTable } from '@/components/ui/wide-table';
import type { Extreme, LengthExtremes, Lengths } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { lengthExtremesQuery, lengthsQuery } from '@/lib/queries/lengths';
import { nameOf, nameOfSlice, orderedBehind, type Told, toldOf } from './series-words';

const link = 'text-accent hover:underline';
/** Among words, where colour alone would tell it. */
const linkInText = 'text-accent underline';
const outcomeOf = ({ correct, consistency, lengthClass }: Extreme): string =>
  [
    correct === null ? '' : correct ? 'right' : '✕ wrong',
    consistency ?? 'not verified',
    lengthClass === 'cut_off' ? 'cut off' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');

const Rows = ({ told, rows, label }: { told: Told; rows: readonly Extreme[]; label: string }) => (
  <WideTable label={label} className="text-left tabular-nums">
    <thead>
      <tr className="text-ink-2 text-xs">
        <th scope="col" className="py-1 pr-3 pl-4 text-right font-medium capitalize">
          {told.unit}
        </th>
        <th scope="col" className="py-1 pr-3 font-medium">
          Question
        </th>
        <th scope="col" className="py-1 pr-3 font-medium">
          Slice
        </th>
        <th scope="col" className="py-1 pr-4 font-medium">
          Outcome
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.rolloutId} className="border-line border-t">
          <td className="whitespace-nowrap py-1 pr-3 pl-4 text-right">
            <Link href={`/rollouts/${row.rolloutId}`} className={link}>
              {row.estimated && '≈ '}
              {formatCount(row.length)}
            </Link>
          </td>
          <td className="max-w-48 truncate py-1 pr-3" title={row.prompt}>
            {row.prompt || 'A question without words'}
          </td>
          <td className="whitespace-nowrap py-1 pr-3 text-ink-2">
            {nameOfSlice(told, row.slice)}, step {formatCount(row.step)}
          </td>
          <td className="whitespace-nowrap py-1 pr-4 text-ink-2">{outcomeOf(row)}</td>
        </tr>
      ))}
    </tbody>
  </WideTable>
);

type EndProps = { readonly told: Told; readonly extremes: LengthExtremes; readonly end: 'longest' | 'shortest' };

const End = ({ told, extremes, end }: EndProps) => (
  <Panel flush title={end === 'longest' ? 'Longest' : 'Shortest'} className="min-w-0">
    {extremes[end].length === 0 ? (
      <Empty title={`Nothing is counted in ${told.unit} yet`} />
    ) : (
      <div className="max-h-80 overflow-y-auto">
        <Rows told={told} rows={extremes[end]} label={`The ${end} rollouts`} />
      </div>
    )}
    <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
      All of them, {end} first{told.unit !== 'tokens' && ' by tokens'}:{' '}
      {told.slices.map((_, slice) => (
        <span key={nameOfSlice(told, slice)}>
          {slice > 0 && ' · '}
          <Link href={orderedBehind(told, { slice, value: null }, end)} className={linkInText}>
            {nameOfSlice(told, slice)}
          </Link>
        </span>
      ))}
    </p>
  </Panel>
);

/** How many are beyond the 99th percentile of their own slice, each a link. */
const Beyond = ({ told, lengths }: { told: Told; lengths: Lengths }) => {
  const found = lengths.series.filter(({ beyond99 }) => beyond99 > 0);
  if (found.length === 0) return null;
  return (
    <p className="text-ink-2 text-xs">
      Longer than the 99th percentile:{' '}
      {found.map((one, at) => (
        <span key={`${one.slice} ${one.value}`}>
          {at > 0 && ' · '}
          <Link
            href={orderedBehind(told, { ...one, from: (one.quantiles?.p99 ?? 0) + 1 }, 'longest')}
            className={linkInText}
          >
            {nameOf(told, one)}
          </Link>{' '}
          {counted(one.beyond99, 'rollout')} above {formatCount(one.quantiles?.p99 ?? 0)} {told.unit}
        </span>
      ))}
      .
    </p>
  );
};

/** What lies at the ends, to be read. */
export const ExtremesPanel = ({ selection }: { selection: LengthSelection }) => {
  const { data, error, refetch } = useQuery(lengthExtremesQuery(selection));
  const lengths = useQuery(lengthsQuery(selection));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading what="the longest and the shortest">
        <Skeleton className="h-96 w-full" />
      </Loading>
    );
  }
  const told = toldOf(data, data.about);
  return (
    <section aria-label="Outliers" className="flex min-w-0 flex-col gap-2">
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <End told={told} extremes={data} end="longest" />
        <End told={told} extremes={data} end="shortest" />
      </div>
      {lengths.data && <Beyond told={toldOf(lengths.data, lengths.data.about)} lengths={lengths.data} />}
    </section>
  );
};
