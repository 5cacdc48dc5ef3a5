'use client';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@/components/ui/panel';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import { lineageQuery } from '@/lib/queries/lineage';
import { LineageGraph } from './lineage-graph';

/** The lineage of a run; nothing at all for a run that no trainer worked on and no set was frozen in. */
export const LineagePanel = ({ runId }: { runId: string }) => {
  const { data, error, isPending, refetch } = useQuery(lineageQuery(runId));
  const isEmpty = data && data.checkpoints.length + data.jobs.length + data.pairSets.length === 0;
  return (
    <Panel title="Lineage">
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <Loading what="the lineage">
          <Skeleton className="h-32 w-full" />
        </Loading>
      )}
      {isEmpty && (
        <p className="text-ink-2">
          It begins with the first frozen pair set, or with the first checkpoint of a launched iteration.
        </p>
      )}
      {data && !isEmpty && (
        <>
          <LineageGraph lineage={data} runId={runId} />
          <p className="mt-3 text-ink-2 text-xs">
            Weights run along the upper lane, what they said and learnt from along the lower one. Pick a checkpoint to
            see what made it and what it made; everything else leads to its page.
          </p>
        </>
      )}
    </Panel>
  );
};
