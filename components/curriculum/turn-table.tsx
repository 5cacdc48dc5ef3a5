import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import { formatPercent } from '@/components/ui/number';
import { WideTable } from '@/components/ui/wide-table';
import type { IterationCurriculum } from '@/lib/domain/curriculum';
import { formatCount } from '@/lib/domain/text/counted';
import { curriculumAddress } from './curriculum-address';

type TurnTableProps = { runId: string; turns: readonly IterationCurriculum[]; k: number | undefined };

const th = 'px-3 py-2 text-right font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-2 text-right tabular-nums whitespace-nowrap';

/** What each iteration found too easy; its row narrows the list to what it left out. */
export const TurnTable = ({ runId, turns, k }: TurnTableProps) => (
  <WideTable label="The curriculum by iteration">
    <thead>
      <tr>
        <th className={cx(th, 'text-left')}>Iteration</th>
        <th className={th}>Asked</th>
        <th className={th}>All right</th>
        <th className={th}>Left out</th>
        <th className={th}>Put back</th>
        <th className={th}>Share to leave out</th>
      </tr>
    </thead>
    <tbody>
      {turns.map((turn) => (
        <tr key={turn.iterationId} className={cx('border-line border-t', turn.k === k && 'bg-accent-soft')}>
          <th scope="row" className="px-3 py-2 text-left font-normal">
            <Link
              href={curriculumAddress(runId, turn.k === k ? undefined : turn.k)}
              className="whitespace-nowrap text-accent hover:underline"
              {...(turn.k === k ? { 'aria-current': 'true' as const } : {})}
            >
              Iteration {turn.k}
            </Link>
          </th>
          <td className={td}>{formatCount(turn.asked)}</td>
          <td className={td}>
            {formatCount(turn.allRight)}
            {turn.asked > 0 && (
              <span className="inline-block w-11 text-ink-2 text-xs">
                {formatPercent(turn.allRight / turn.asked, 0)}
              </span>
            )}
          </td>
          <td className={td}>{formatCount(turn.dropped)}</td>
          <td className={td}>{formatCount(turn.putBack)}</td>
          <td className={td}>{formatPercent(turn.share, 0)}</td>
        </tr>
      ))}
    </tbody>
  </WideTable>
);
