import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import { type Stage, stages } from '@/lib/domain/rollout';
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { type RunOverview, sumTallies, type Tally } from '@/lib/domain/run';
import { formatSlices } from '@/lib/domain/slices/narrow';
import { slicesOfIterations } from '@/lib/domain/slices/stand-for';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import { Undetermined } from './rate';
import { rolloutsOf } from './rollout-links';

type Row = {
  readonly id: string;
  readonly k: number;
  readonly stage: Stage;
  readonly sets: readonly string[];
  readonly tally: Tally;
  readonly isMoved: boolean;
};

/** Held-out figures first: they are what iterations are compared by. */
const order: readonly Stage[] = ['eval', 'activation', 'grpo', 'dpo', ...stages];
const names: Partial<Record<Stage, string>> = {
  eval: 'Evaluation',
  grpo: 'GRPO',
  dpo: 'DPO',
  activation: 'Activation',
};

const rowsOf = ({ iterations, cells }: RunOverview): Row[] =>
  [...new Set(order)].flatMap((stage) =>
    iterations.flatMap(({ id, k, loop }) => {
      const own = cells.filter((cell) => cell.iterationId === id && cell.stage === stage);
      if (own.length === 0) return [];
      const sets = [...new Set(own.map(({ questionSet }) => questionSet))];
      return [{ id, k, stage, sets, tally: sumTallies(own.map(({ tally }) => tally)), isMoved: loop !== null }];
    }),
  );

const th = 'px-3 py-2 text-left font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-1.5 whitespace-nowrap align-top';

/** A share with its denominator and its 95 % interval, leading to the rows that it counts. */
type ShareProps = {
  readonly count: number;
  readonly total: number;
  readonly href: Route;
  readonly children?: ReactNode;
};

const Share = ({ count, total, href, children }: ShareProps) => {
  const { share, low, high } = proportion(count, total);
  if (share === null) return <td className={`${td} text-right text-ink-3`}>–</td>;
  return (
    <td className={`${td} text-right tabular-nums`}>
      <Link href={href} className="font-medium hover:text-accent hover:underline">
        {formatPercent(share)}
      </Link>
      <div className="text-ink-3 text-xs">
        {formatCount(count)} / {formatCount(total)} · {formatPercent(low, 0)} – {formatPercent(high, 0)}
      </div>
      {children}
    </td>
  );
};

/** Correctness, consistency, both and length of every iteration, stage by stage, so that they can be compared. */
export const IterationTable = ({ overview }: { overview: RunOverview }) => {
  const rows = rowsOf(overview);
  const slices = slicesOfIterations(rows.map(({ k, stage }) => ({ runId: overview.run.id, k, stage })));
  return (
    <Panel
      title="Iterations compared"
      flush
      actions={
        <Button asChild look="quiet">
          <Link href={`/compare?${formatSlices(slices)}`}>Compare in detail</Link>
        </Button>
      }
    >
      <WideTable label="Iterations compared">
        <thead>
          <tr>
            <th className={th}>Stage</th>
            <th className={th}>Iteration</th>
            <th className={`${th} text-right`}>Rollouts</th>
            <th className={`${th} text-right`}>Correct</th>
            <th className={`${th} text-right`}>Inconsistent, of those decided</th>
            <th className={`${th} text-right`}>Correct and consistent</th>
            <th className={`${th} text-right`}>Thinking, mean tokens</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <TableRow
              key={`${row.id} ${row.stage}`}
              row={row}
              runId={overview.run.id}
              isFirst={rows[at - 1]?.stage !== row.stage}
            />
          ))}
        </tbody>
      </WideTable>
      <p className="border-line border-t px-3 py-2 text-ink-2 text-xs">
        Under each share: its count, what it is counted over, and its 95 % Wilson interval. Correct, and correct and
        consistent, are over rollouts with a truth. Accuracy, the mean r_a, is in the charts and in the comparison.
      </p>
    </Panel>
  );
};

const TableRow = ({ row, runId, isFirst }: { row: Row; runId: string; isFirst: boolean }) => {
  const { id, k, stage, sets, tally, isMoved } = row;
  const to = (facets: Partial<Record<FacetName, readonly string[]>>) =>
    rolloutsOf(runId, { facets: { iteration: [String(k)], stage: [stage], ...facets } });
  return (
    <tr className="border-line border-t hover:bg-sunken/60">
      <th scope="row" className={`${td} max-w-56 text-left font-medium`}>
        {isFirst ? (names[stage] ?? stage) : <span className="sr-only">{names[stage] ?? stage}</span>}
        <div className="truncate font-normal text-ink-3 text-xs" title={sets.join(', ')}>
          {isFirst && sets.join(', ')}
        </div>
      </th>
      <td className={td}>
        {isMoved ? (
          <Link href={`/iterations/${id}`} className="text-accent tabular-nums hover:underline">
            {k}
          </Link>
        ) : (
          k
        )}
      </td>
      <td className={`${td} text-right tabular-nums`}>
        <Link href={to({})} className="hover:underline">
          {formatCount(tally.rollouts)}
        </Link>
        {tally.verified < tally.rollouts && (
          <div className="text-ink-3 text-xs">{formatCount(tally.verified)} verified</div>
        )}
      </td>
      <Share count={tally.correct} total={tally.judged} href={to({ correct: ['yes'] })} />
      <Share
        count={tally.inconsistent}
        total={tally.consistent + tally.inconsistent}
        href={to({ consistency: ['inconsistent'] })}
      >
        <Undetermined count={tally.undetermined} of={tally.consistent + tally.inconsistent + tally.undetermined} />
      </Share>
      <Share
        count={tally.rightConsistent}
        total={tally.judged}
        href={to({ correct: ['yes'], consistency: ['consistent'] })}
      />
      <td className={`${td} text-right tabular-nums`}>
        {tally.measured === 0 ? '–' : formatCount(Math.round(tally.thinkTokens / tally.measured))}
        {tally.estimated > 0 && <div className="text-ink-3 text-xs">{formatCount(tally.estimated)} estimated</div>}
      </td>
    </tr>
  );
};
