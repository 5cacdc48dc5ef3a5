'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Failed, Loading } from '@/components/ui/states';
import type { Refusal } from '@/lib/domain/import';
import { formatCount } from '@/lib/domain/text/counted';
import { refusalsQuery } from '@/lib/queries/imports';

const Rows = ({ rows }: { rows: readonly Refusal[] }) => (
  <tbody>
    {rows.map(({ at, reason }) => (
      <tr key={at} className="border-line border-t align-top">
        <th scope="row" className="py-1 pr-4 text-left font-mono font-normal tabular-nums">
          {formatCount(at)}
        </th>
        <td className="break-words py-1">{reason}</td>
      </tr>
    ))}
  </tbody>
);

/** Lines and why each was not taken; also used for what was taken with a warning. */
export const LineTable = ({ label, rows }: { label: string; rows: readonly Refusal[] }) => (
  <table className="w-full table-fixed text-left text-xs" aria-label={label}>
    <thead>
      <tr>
        <th scope="col" className="w-24 py-1 font-medium text-ink-2">
          Line or record
        </th>
        <th scope="col" className="py-1 font-medium text-ink-2">
          Why
        </th>
      </tr>
    </thead>
    <Rows rows={rows} />
  </table>
);

/** The refused lines of one import, more on demand. */
export const RefusalTable = ({ importId, refused }: { importId: string; refused: number }) => {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    refusalsQuery(importId),
  );
  if (isPending) return <Loading what="refusals" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const rows = data.pages.flat();
  return (
    <div className="flex flex-col items-start gap-2">
      <LineTable label="Refused lines" rows={rows} />
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      {!hasNextPage && rows.length < refused && (
        <p className="text-ink-2 text-xs">
          The first {formatCount(rows.length)} of {formatCount(refused)} refusals are kept.
        </p>
      )}
    </div>
  );
};
