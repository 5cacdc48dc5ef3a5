import Link from 'next/link';
import { formatFixed, formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import {
  type Agreement,
  type Decider,
  deciders,
  disagreementOf,
  type JudgeReport,
  sumAgreement,
} from '@/lib/domain/judge/figures';
import { cohensKappa } from '@/lib/domain/stats/kappa';
import { counted, formatCount } from '@/lib/domain/text/counted';

const rowNames: Record<Decider, string> = {
  rules: 'decided by the rules',
  judge: 'decided by the judge',
  people: 'corrected by people',
  nobody: 'undetermined',
};

type ReportPanelProps = { report: JudgeReport; name: string; heldOut: boolean };

/** How far a judge that only reports agrees with what is in force, and where it does not. */
export const ReportPanel = ({ report, name, heldOut }: ReportPanelProps) => {
  const rows = deciders
    .filter((by) => by !== 'nobody')
    .flatMap((by) => report.agreement.find((row) => row.by === by) ?? []);
  const all = sumAgreement(rows.map(({ table }) => table));
  return (
    <Panel
      flush
      title={`${name} against the verdicts in force`}
      actions={<span className="text-ink-2 text-xs">{heldOut ? 'held out' : 'decides elsewhere'}</span>}
    >
      <WideTable label={`Agreement of ${name}`} className="text-left">
        <thead>
          <tr className="text-ink-2 text-xs">
            <th scope="col" className="px-4 py-2 font-medium">
              Verdict
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Both decided
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Disagree
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Share, 95 % interval
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Cohen’s κ
            </th>
          </tr>
        </thead>
        <tbody>
          <Row label="all" table={all} strong />
          {rows.map(({ by, table }) => (
            <Row key={by} label={rowNames[by]} table={table} />
          ))}
        </tbody>
      </WideTable>
      <p className="border-line border-t px-4 py-2 text-ink-2">
        Of {counted(report.judgements, 'rollout')} that it read it left {formatCount(report.undetermined)} undetermined;
        those, and what nobody decided, count in no row.
      </p>
      <Disagreements report={report} name={name} count={disagreementOf(all).count} />
    </Panel>
  );
};

const Row = ({ label, table, strong = false }: { label: string; table: Agreement; strong?: boolean }) => {
  const { count, total, share, low, high } = disagreementOf(table);
  const { kappa, ...interval } = cohensKappa([
    [table.bothConsistent, table.judgeOnly],
    [table.verdictOnly, table.bothInconsistent],
  ]);
  return (
    <tr className="border-line border-t tabular-nums">
      <th scope="row" className={strong ? 'px-4 py-1.5 font-semibold' : 'px-4 py-1.5 font-normal'}>
        {label}
      </th>
      <td className="px-4 py-1.5 text-right">{formatCount(total)}</td>
      <td className="px-4 py-1.5 text-right">{formatCount(count)}</td>
      <td className="whitespace-nowrap px-4 py-1.5 text-right">
        {share === null ? (
          '–'
        ) : (
          <>
            <b className="font-semibold">{formatPercent(share)}</b>{' '}
            <span className="text-ink-2 text-xs">
              {formatPercent(low)}–{formatPercent(high)}
            </span>
          </>
        )}
      </td>
      <td className="whitespace-nowrap px-4 py-1.5 text-right">
        {kappa === null ? (
          <span title="Not defined where both always say the same">–</span>
        ) : (
          <>
            {formatFixed(kappa)}{' '}
            <span className="text-ink-2 text-xs">
              {formatFixed(interval.low)} to {formatFixed(interval.high)}
            </span>
          </>
        )}
      </td>
    </tr>
  );
};

const Disagreements = ({ report, name, count }: { report: JudgeReport; name: string; count: number }) => {
  const { disagreements } = report;
  if (disagreements.length === 0) return null;
  return (
    <details className="border-line border-t">
      <summary className="cursor-pointer px-4 py-2 font-medium">
        {disagreements.length < count
          ? `The first ${formatCount(disagreements.length)} of ${counted(count, 'disagreement')}`
          : counted(count, 'disagreement')}{' '}
        to read
      </summary>
      <ul aria-label={`Disagreements of ${name}`} className="divide-y divide-line border-line border-t">
        {disagreements.map(({ rolloutId, iteration, prompt, inForce, says, by, reason }) => (
          <li key={rolloutId} className="flex flex-col gap-0.5 px-4 py-2">
            <Link href={`/rollouts/${rolloutId}`} className="line-clamp-1 break-words text-accent hover:underline">
              {prompt}
            </Link>
            <p className="break-words text-ink-2 text-xs">
              Iteration {iteration}: <b className="font-semibold text-ink">{inForce}</b> in force, {rowNames[by]};{' '}
              {name} says <b className="font-semibold text-ink">{says}</b>. {reason}.
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
};
