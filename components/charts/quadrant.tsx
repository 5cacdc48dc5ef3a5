import type { Route } from 'next';
import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import type { Tally } from '@/lib/domain/run';
import { formatCount } from '@/lib/domain/text/counted';

type QuadrantProps = {
  tally: Tally;
  hrefOf: (correct: 'yes' | 'no', consistency: 'consistent' | 'inconsistent') => Route;
};

/** Accuracy against consistency: a right answer by thinking that says otherwise is the finding of the method. */
export const Quadrant = ({ tally, hrefOf }: QuadrantProps) => {
  const cells = [tally.rightConsistent, tally.rightInconsistent, tally.wrongConsistent, tally.wrongInconsistent];
  const total = cells.reduce((sum, count) => sum + count, 0);
  const rows = [
    { name: 'Correct', correct: 'yes', consistent: tally.rightConsistent, inconsistent: tally.rightInconsistent },
    { name: 'Incorrect', correct: 'no', consistent: tally.wrongConsistent, inconsistent: tally.wrongInconsistent },
  ] as const;
  return (
    <Panel title="Accuracy × consistency" className="min-w-0">
      <table className="w-full table-fixed border-separate border-spacing-1 text-center">
        <thead>
          <tr>
            <td className="w-20" />
            <th scope="col" className="pb-1 font-medium text-ink-2 text-xs">
              Consistent
            </th>
            <th scope="col" className="pb-1 font-medium text-ink-2 text-xs">
              Inconsistent
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, correct, ...counts }) => (
            <tr key={name}>
              <th scope="row" className="text-left font-medium text-ink-2 text-xs">
                {name}
              </th>
              {(['consistent', 'inconsistent'] as const).map((consistency) => (
                <td key={consistency} className="p-0">
                  <Link
                    href={hrefOf(correct, consistency)}
                    className={cx(
                      'flex h-24 flex-col items-center justify-center rounded-md border border-line hover:border-line-strong',
                      consistency === 'inconsistent' ? 'bg-check-consistency-soft' : 'bg-sunken',
                    )}
                  >
                    <span className="font-semibold text-lg tabular-nums">{formatCount(counts[consistency])}</span>
                    <span className="text-ink-2 text-xs">
                      {total === 0 ? '–' : formatPercent(counts[consistency] / total)}
                    </span>
                  </Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-ink-2 text-xs">
        {total === 0
          ? 'No rollout is both judged and decided yet.'
          : `Of ${formatCount(total)} rollouts with a truth and a decided consistency, ${formatCount(tally.rightConsistent)} are right and consistent (${formatPercent(tally.rightConsistent / total)}). ${formatCount(tally.undetermined)} more are undetermined.`}
      </p>
    </Panel>
  );
};
