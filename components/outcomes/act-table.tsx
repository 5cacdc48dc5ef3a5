import Link from 'next/link';
import { WideTable } from '@/components/ui/wide-table';
import { type ActCount, type DeciderKind, type Decisions, deciders } from '@/lib/domain/outcomes/decision';
import type { PairAction } from '@/lib/domain/pair';
import { formatCount } from '@/lib/domain/text/counted';
import { byPairRow, pairRowName, pairsBehind } from './pair-rows';

const columns: readonly { readonly name: string; readonly actions: readonly PairAction[] }[] = [
  { name: 'Approve', actions: ['approve'] },
  { name: 'Reject', actions: ['reject'] },
  { name: 'Swap', actions: ['swap'] },
  { name: 'Replace', actions: ['replace_chosen', 'replace_rejected'] },
  { name: 'Edit', actions: ['edit'] },
  { name: 'Skip', actions: ['skip'] },
  { name: 'Undo', actions: ['undo'] },
];

const sum = (acts: readonly ActCount[], count: 'acts' | 'undone'): number =>
  acts.reduce((total, each) => total + each[count], 0);

const byNames: Readonly<Record<DeciderKind, string>> = { people: 'People', policy: 'Policy' };

const head = 'px-3 py-2 font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-1.5 text-right whitespace-nowrap align-top tabular-nums';

/** Every act, by who did it, and by type and iteration; what an undo took back is said below its number. */
export const ActTable = ({ runId, acts }: { runId: string; acts: Decisions['acts'] }) => (
  <WideTable label="Acts on pairs">
    <thead>
      <tr>
        <th className={`${head} text-left`}>By</th>
        <th className={`${head} text-left`}>Pairs</th>
        {columns.map(({ name }) => (
          <th key={name} className={`${head} text-right`}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {deciders.flatMap((by) => {
        const own = acts.filter((each) => each.by === by).toSorted(byPairRow);
        const rows = [...Map.groupBy(own, ({ type, k }) => `${type} ${k}`).values()];
        return [
          ...(own.length > 0 ? [<Row key={by} by={byNames[by]} name="All" acts={own} />] : []),
          ...rows.map((ofRow) => {
            const [first] = ofRow;
            return first ? (
              <Row
                key={`${by} ${first.type} ${first.iterationId}`}
                by={byNames[by]}
                name={<PairsLink runId={runId} act={first} />}
                acts={ofRow}
                isPart
              />
            ) : null;
          }),
        ];
      })}
    </tbody>
  </WideTable>
);

const PairsLink = ({ runId, act }: { runId: string; act: ActCount }) => (
  <Link href={pairsBehind(runId, act)} className="text-accent hover:underline">
    {pairRowName(act)}
  </Link>
);

type RowProps = { by: string; name: React.ReactNode; acts: readonly ActCount[]; isPart?: boolean };

const Row = ({ by, name, acts, isPart = false }: RowProps) => (
  <tr className="border-line border-t">
    <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left align-top font-medium">
      {isPart ? <span className="sr-only">{by}</span> : by}
    </th>
    <td className="whitespace-nowrap px-3 py-1.5 align-top">{name}</td>
    {columns.map((column) => {
      const own = acts.filter(({ action }) => column.actions.includes(action));
      const [count, undone] = [sum(own, 'acts'), sum(own, 'undone')];
      return (
        <td key={column.name} className={td}>
          {count === 0 ? <span className="text-ink-3">–</span> : formatCount(count)}
          {undone > 0 && <div className="text-ink-3 text-xs">{formatCount(undone)} undone</div>}
        </td>
      );
    })}
  </tr>
);
