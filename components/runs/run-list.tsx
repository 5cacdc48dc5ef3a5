'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import { WideTable } from '@/components/ui/wide-table';
import type { RunSummary } from '@/lib/domain/run';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import { runsQuery } from '@/lib/queries/runs';
import { Rate, Undetermined } from './rate';
import { rolloutsOf } from './rollout-links';

const th = 'px-3 py-2 text-left font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-2 whitespace-nowrap';
const number = 'text-right tabular-nums';

const Interval = ({ count, total }: { count: number; total: number }) => {
  const { share, low, high } = proportion(count, total);
  if (share === null) return null;
  return (
    <div className="text-ink-3 text-xs">
      {formatPercent(low)} – {formatPercent(high)}
    </div>
  );
};

type RunRowProps = { run: RunSummary; ticked: boolean; onTick: () => void };

const RunRow = ({ run, ticked, onTick }: RunRowProps) => {
  const decided = run.consistent + run.inconsistent;
  return (
    <tr className="border-line border-t align-top hover:bg-sunken/60">
      <td className="py-2 pl-3">
        <input
          type="checkbox"
          aria-label={`Compare ${run.name}`}
          checked={ticked}
          disabled={run.rollouts === 0}
          onChange={onTick}
          className="size-3.5 translate-y-0.5 accent-accent"
        />
      </td>
      <th scope="row" className={`${td} max-w-72 text-left font-medium`}>
        <Link href={`/runs/${run.id}`} className="block truncate text-accent hover:underline">
          {run.name}
        </Link>
      </th>
      <td className={`${td} ${number}`}>{formatCount(run.iterations)}</td>
      <td className={`${td} ${number}`}>
        <Link href={rolloutsOf(run.id)} className="hover:underline">
          {formatCount(run.rollouts)}
        </Link>
      </td>
      <td className={`${td} ${number}`}>{formatCount(run.questions)}</td>
      <td className={td}>
        <Link href={rolloutsOf(run.id, { facets: { correct: ['yes'] } })} className="hover:underline">
          <Rate count={run.correct} total={run.judged} />
        </Link>
      </td>
      <td className={td}>
        <Link href={rolloutsOf(run.id, { facets: { consistency: ['inconsistent'] } })} className="hover:underline">
          <Rate count={run.inconsistent} total={decided} />
        </Link>
        <Interval count={run.inconsistent} total={decided} />
        <Undetermined count={run.undetermined} of={decided + run.undetermined} />
      </td>
      <td className={`${td} ${number}`}>
        {run.pairsToReview > 0 ? (
          <Link href={`/pairs?run=${run.id}`} className="text-accent hover:underline">
            {formatCount(run.pairsToReview)}
          </Link>
        ) : (
          <span className="text-ink-3">0</span>
        )}
      </td>
      <td className={`${td} text-ink-2`}>
        <time dateTime={run.createdAt}>{run.createdAt.slice(0, 10)}</time>
      </td>
    </tr>
  );
};

/** The runs, newest first. `initial` is what the server read for the first paint. */
export const RunList = ({ initial }: { initial: RunSummary[] }) => {
  const { data, error, refetch } = useQuery({ ...runsQuery(), initialData: initial });
  const [ticked, setTicked] = useState<readonly string[]>([]);
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <Panel>
        <Empty
          title="No runs yet"
          action={
            <Button asChild look="primary">
              <Link href="/imports">Import rollouts</Link>
            </Button>
          }
        >
          A run is one training campaign of one policy. Import a file of rollouts and its run appears here, verified.
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel flush>
      <WideTable label="Runs">
        <thead>
          <tr>
            <th className={th}>
              <span className="sr-only">Compare</span>
            </th>
            <th className={th}>Run</th>
            <th className={`${th} text-right`}>Iterations</th>
            <th className={`${th} text-right`}>Rollouts</th>
            <th className={`${th} text-right`}>Questions</th>
            <th className={th}>Correct</th>
            <th className={th}>Inconsistent, 95 % interval</th>
            <th className={`${th} text-right`}>Pairs to review</th>
            <th className={th}>Since</th>
          </tr>
        </thead>
        <tbody>
          {data.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              ticked={ticked.includes(run.id)}
              onTick={() =>
                setTicked(ticked.includes(run.id) ? ticked.filter((id) => id !== run.id) : [...ticked, run.id])
              }
            />
          ))}
        </tbody>
      </WideTable>
      {ticked.length > 0 && (
        <div className="flex items-center gap-3 border-line border-t px-3 py-2">
          {ticked.length === 1 ? (
            <p className="text-ink-2">Tick one run more to compare them.</p>
          ) : (
            <Button asChild look="primary">
              <Link href={`/compare?${new URLSearchParams(ticked.map((id) => ['run', id]))}`}>
                Compare {ticked.length} runs
              </Link>
            </Button>
          )}
        </div>
      )}
      {data.length === 200 && (
        <p className="border-line border-t px-3 py-2 text-ink-2">These are the newest 200 runs.</p>
      )}
    </Panel>
  );
};
