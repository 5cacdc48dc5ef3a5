'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { BenchmarkPanel } from '@/components/benchmarks/benchmark-panel';
import { InconsistencyPanel } from '@/components/benchmarks/inconsistency-panel';
import { CurvePanels } from '@/components/curves/curve-panels';
import { FindingsPanel } from '@/components/findings/findings-panel';
import { LineagePanel } from '@/components/lineage/lineage-panel';
import { CostPanel } from '@/components/outcomes/cost-panel';
import { DecisionPanel } from '@/components/outcomes/decision-panel';
import { PairYieldPanel } from '@/components/outcomes/pair-yield-panel';
import { QuadrantPanel } from '@/components/outcomes/quadrant-panel';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import { type RunOverview, sumTallies } from '@/lib/domain/run';
import { runOverviewQuery } from '@/lib/queries/runs';
import { IterationTable } from './iteration-table';
import { RunTiles } from './run-tiles';
import { Timeline } from './timeline';
import { useFirstRead } from './use-first-read';

/** One run on this screen; `initial` is what the server read for the first paint. */
export const RunView = ({ initial }: { initial: RunOverview }) => {
  const { data, error, refetch } = useQuery({ ...runOverviewQuery(initial.run.id), initialData: initial });
  const isFirstRead = useFirstRead();
  const tally = sumTallies(data.cells.map((cell) => cell.tally));
  const runId = data.run.id;
  if (tally.rollouts === 0) {
    return (
      <>
        <Timeline overview={data} />
        <Panel>
          <Empty
            title="This run has no rollouts yet"
            action={
              <Button asChild>
                <Link href={`/imports?run=${encodeURIComponent(data.run.name)}`}>Import rollouts</Link>
              </Button>
            }
          >
            Its figures and charts appear with the first step of an iteration, or with the first imported file.
          </Empty>
        </Panel>
        <LineagePanel runId={runId} />
      </>
    );
  }
  return (
    <>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <FindingsPanel runId={runId} ready={isFirstRead} />
      <Timeline overview={data} />
      <CurvePanels runId={runId} />
      {/* Two columns of their own: panels differ in height, and neither column waits for the other. */}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <InconsistencyPanel runId={runId} />
          {isFirstRead && <QuadrantPanel runId={runId} />}
          {isFirstRead && <DecisionPanel runId={runId} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <BenchmarkPanel runId={runId} />
          {isFirstRead && <PairYieldPanel runId={runId} />}
          {isFirstRead && <CostPanel runId={runId} />}
        </div>
      </div>
      {isFirstRead && (
        <>
          <RunTiles overview={data} />
          <IterationTable overview={data} />
          <LineagePanel runId={runId} />
        </>
      )}
    </>
  );
};
