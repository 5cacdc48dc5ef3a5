'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed, Loading } from '@/components/ui/states';
import { importsQuery } from '@/lib/queries/imports';
import { ImportResult } from './import-result';

/** Every import, newest first. */
export const ImportHistory = () => {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    importsQuery(),
  );
  const items = data?.pages.flatMap(({ imports }) => imports) ?? [];
  return (
    <Panel title="History" flush>
      {isPending && <Loading what="imports" />}
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && <Empty title="Nothing was imported yet" />}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <ImportResult key={item.id} item={item} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="border-line border-t p-3">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older imports
          </Button>
        </div>
      )}
    </Panel>
  );
};
