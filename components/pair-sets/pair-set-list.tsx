import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import type { PairSetSummary } from '@/lib/domain/pairs/pair-set-view';
import { formatCount } from '@/lib/domain/text/counted';

const th = 'px-3 py-2 text-left font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-2 whitespace-nowrap';

/** Frozen sets, newest first. */
export const PairSetList = ({ sets }: { sets: readonly PairSetSummary[] }) => (
  <Panel flush>
    <WideTable label="Pair sets">
      <thead>
        <tr>
          <th className={th}>Set</th>
          <th className={`${th} text-right`}>Pairs</th>
          <th className={th}>Run</th>
          <th className={th}>Iteration</th>
          <th className={th}>Frozen</th>
          <th className={th}>By</th>
          <th className={th}>sha256</th>
        </tr>
      </thead>
      <tbody>
        {sets.map((set) => (
          <tr key={set.id} className="border-line border-t hover:bg-sunken/60">
            <th scope="row" className={`${td} text-left font-medium`}>
              <Link href={`/pair-sets/${set.id}`} className="text-accent hover:underline">
                Set {set.number}
              </Link>
            </th>
            <td className={`${td} text-right tabular-nums`}>{formatCount(set.pairCount)}</td>
            <td className={`${td} max-w-60 truncate`}>
              <Link href={`/runs/${set.runId}`} className="hover:underline">
                {set.runName}
              </Link>
            </td>
            <td className={td}>{set.k}</td>
            <td className={`${td} text-ink-2`}>
              <time dateTime={set.createdAt}>{set.createdAt.slice(0, 16).replace('T', ' ')}</time>
            </td>
            <td className={td}>{set.createdBy ?? '–'}</td>
            <td className={`${td} font-mono text-ink-2 text-xs`} title={set.sha256}>
              {set.sha256.slice(0, 12)}…
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
    {sets.length === 500 && <p className="border-line border-t px-3 py-2 text-ink-2">These are the newest 500 sets.</p>}
  </Panel>
);
