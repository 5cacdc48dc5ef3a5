'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { InconsistencyChart } from '@/components/charts/inconsistency-chart';
import { LengthChart } from '@/components/charts/length-chart';
import { Quadrant } from '@/components/charts/quadrant';
import { LineagePanel } from '@/components/lineage/lineage-panel';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import { type RunOverview, sumTallies } from '@/lib/domain/run';
import { runOverviewQuery } from '@/lib/queries/runs';
import { IterationTable } from './iteration-table';
import { rolloutsOf } from './rollout-links';
import { RunTiles } from './run-tiles';
import { Timeline } from './timeline';

const barsOf = ({ run, iterations, cells }: RunOverview) =>
  iterations.flatMap(({ id, k }) =>
    cells
      .filter(({ iterationId, tally }) => iterationId === id && tally.verified > 0)
      .map(({ stage, questionSetId, questionSet, tally }) => ({
        key: `${id}.${stage}.${questionSetId}`,
        name: `k = ${k}, ${stage} · ${questionSet}`,
        inconsistent: tally.inconsistent,
        consistent: tally.consistent,
        undetermined: tally.undetermined,
        href: rolloutsOf(run.id, {
          facets: { iteration: [String(k)], stage: [stage], set: [questionSetId], consistency: ['inconsistent'] },
        }),
      })),
  );

/** One run on this screen; `initial` is what the server read for the first paint. */
export const RunView = ({ initial }: { initial: RunOverview }) => {
  const { data, error, refetch } = useQuery({ ...runOverviewQuery(initial.run.id), initialData: initial });
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
      <Timeline overview={data} />
      <RunTiles overview={data} />
      <IterationTable overview={data} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <InconsistencyChart bars={barsOf(data)} />
        <Quadrant
          tally={tally}
          hrefOf={(correct, consistency) =>
            rolloutsOf(runId, { facets: { correct: [correct], consistency: [consistency] } })
          }
        />
        <div className="min-w-0 lg:col-span-2">
          <LengthChart
            lengths={data.lengths}
            mean={tally.measured === 0 ? null : tally.thinkTokens / tally.measured}
            median={data.medianThinkTokens}
            estimated={tally.estimated > 0}
            hrefOf={(lengthMin, lengthMax) => rolloutsOf(runId, { lengthMin, lengthMax })}
          />
        </div>
      </div>
      <LineagePanel runId={runId} />
    </>
  );
};
