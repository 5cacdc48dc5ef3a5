'use client';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { useUnfolded } from '@/components/ui/use-unfolded';
import { WideTable } from '@/components/ui/wide-table';
import { formatMetric, verdictOf } from '@/lib/domain/comparison/metric-text';
import type { CellChange, ComparedSlice, SideChange } from '@/lib/domain/comparison/schema';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { ChangeText } from './change-text';
import { sliceRollouts } from './comparison-links';

const FEW = 6;
const th = 'px-3 py-1.5 font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-1.5 align-top text-right tabular-nums whitespace-nowrap';

const questionsText = ({ pairing: { paired, shared, base, other } }: CellChange): string =>
  paired ? formatCount(shared) : `${formatCount(base)}, ${formatCount(other)} apart`;

const Row = ({ cell, other }: { cell: CellChange; other: ComparedSlice }) => (
  <tr className="border-line border-t hover:bg-sunken/60">
    <th scope="row" className="max-w-56 px-3 py-1.5 text-left align-top font-medium">
      <Link
        href={sliceRollouts(other, { set: [cell.setId], kind: [cell.kind] })}
        className="block truncate hover:text-accent hover:underline"
        title={cell.set}
      >
        {cell.set}
      </Link>
      <span className="font-normal text-ink-2 text-xs">{cell.kind}</span>
    </th>
    <td className={td}>{questionsText(cell)}</td>
    {(['accuracy', 'inconsistent'] as const).map((metric) => (
      <td key={metric} className={td}>
        <span className="text-ink-2 text-xs">
          {formatMetric(metric, cell[metric].base)} → {formatMetric(metric, cell[metric].other)}
        </span>
        <div>
          <ChangeText metric={metric} difference={cell[metric]} />
        </div>
      </td>
    ))}
  </tr>
);

const leadOf = (cells: readonly CellChange[]): string => {
  const worse = cells.filter(({ accuracy }) => verdictOf('accuracy', accuracy.interval) === 'worse');
  const less = cells.filter(({ inconsistent }) => verdictOf('inconsistent', inconsistent.interval) === 'worse');
  const text = (found: readonly CellChange[], what: string) =>
    found.length === 0
      ? `No set and kind got surely less ${what}.`
      : `Surely less ${what}: ${found.map(({ set, kind }) => `${set}, ${kind}`).join('; ')}.`;
  return `${text(worse, 'accurate')} ${text(less, 'consistent')}`;
};

type CellTableProps = { readonly other: ComparedSlice; readonly name: string; readonly change: SideChange };

/** Sets and kinds of questions, the worst change of accuracy first. */
export const CellTable = ({ other, name, change: { cells } }: CellTableProps) => {
  const [all, setAll] = useUnfolded('cells');
  return (
    <Panel title={`Where ${name} got worse`} flush>
      <p className="px-4 py-2">{leadOf(cells)}</p>
      {cells.length > 0 && (
        <WideTable label={`Where ${name} got worse`}>
          <thead>
            <tr>
              <th scope="col" className={`${th} text-left`}>
                Set and kind
              </th>
              <th scope="col" className={`${th} text-right`}>
                Questions
              </th>
              <th scope="col" className={`${th} text-right`}>
                Accuracy
              </th>
              <th scope="col" className={`${th} text-right`}>
                Inconsistent
              </th>
            </tr>
          </thead>
          <tbody>
            {cells.slice(0, all ? cells.length : FEW).map((cell) => (
              <Row key={`${cell.setId} ${cell.kind}`} cell={cell} other={other} />
            ))}
          </tbody>
        </WideTable>
      )}
      {cells.length > FEW && (
        <div className="border-line border-t p-2">
          <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Fewer' : `All ${counted(cells.length, 'cell')}`}
          </Button>
        </div>
      )}
      <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
        The worst change of accuracy first. Of twenty cells where nothing changed, one lies outside its interval by
        chance.
      </p>
    </Panel>
  );
};
