import Link from 'next/link';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { Mark } from '@/components/ui/mark';
import { checkTitles } from '@/components/verdicts/outcome';
import type { Decisions } from '@/lib/domain/outcomes/decision';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { checks } from '@/lib/domain/verdict';

type CorrectionTableProps = { runId: string } & Pick<Decisions, 'corrections' | 'corrected'>;

/** Verdicts that people corrected, by check and iteration. */
export const CorrectionTable = ({ runId, corrections, corrected }: CorrectionTableProps) => {
  if (corrections.length === 0) return <p className="text-ink-2">People have corrected no verdict of this run.</p>;
  const turns = [...new Set(corrections.map(({ k }) => k))].sort((a, b) => a - b);
  const shown = checks.filter((check) => corrections.some((each) => each.check === check));
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th className="py-1 text-left font-medium text-ink-2 text-xs">Iteration</th>
          {shown.map((check) => (
            <th key={check} scope="col" className="py-1 pl-3 text-right font-medium text-ink-2 text-xs">
              <span className="inline-flex items-center gap-1">
                <Mark meaning={check} />
                {checkTitles[check]}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {turns.map((k) => (
          <tr key={k} className="border-line border-t">
            <th scope="row" className="py-1.5 text-left align-top font-normal">
              {k}
              <Link
                href={rolloutsOf(runId, { facets: { iteration: [String(k)], corrected: ['yes'] } })}
                className="ml-2 text-accent text-xs hover:underline"
              >
                {counted(corrected.find((each) => each.k === k)?.rollouts ?? 0, 'rollout')}
              </Link>
            </th>
            {shown.map((check) => {
              const cell = corrections.find((each) => each.k === k && each.check === check);
              return (
                <td key={check} className="py-1.5 pl-3 text-right align-top tabular-nums">
                  {cell ? formatCount(cell.standing) : '–'}
                  {cell && cell.withdrawals > 0 && (
                    <div className="text-ink-3 text-xs">{formatCount(cell.withdrawals)} withdrawn</div>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
