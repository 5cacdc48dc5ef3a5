import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { typeNames } from '@/components/pairs/act-text';
import { counted } from '@/lib/domain/text/counted';
import type { Comparison, PairExample, PairList } from '@/lib/domain/verifier/comparison';

const Example = ({ pair }: { pair: PairExample }) => (
  <li className="flex min-w-0 flex-wrap items-baseline gap-x-2">
    <Link href={`/groups/${pair.groupId}` as Route} className="whitespace-nowrap text-accent hover:underline">
      {typeNames[pair.type]}
    </Link>
    {pair.state !== null && pair.state !== 'proposed' && <span className="text-ink-2 text-xs">{pair.state}</span>}
    <span className="min-w-0 flex-1 break-words text-ink-2">{pair.why}</span>
  </li>
);

type ChangeProps = { title: string; list: PairList; children: ReactNode };

/** One kind of change: how many, what it means, and examples on demand. */
const Change = ({ title, list: { count, examples }, children }: ChangeProps) => (
  <li className="border-line border-t px-4 py-2.5 first:border-t-0">
    <div className="flex flex-wrap items-baseline gap-x-2">
      <span className="font-medium tabular-nums">{counted(count, 'pair')}</span>
      <span className="font-medium">{title}</span>
      <span className="text-ink-2">{children}</span>
    </div>
    {examples.length > 0 && (
      <details className="mt-1">
        <summary className="cursor-pointer text-accent">
          {examples.length === count ? 'Show them' : `Show the first ${examples.length}`}
        </summary>
        <ul className="mt-1 flex flex-col gap-1">
          {examples.map((pair, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pairs to come have no id, and the list never changes in place
            <Example key={at} pair={pair} />
          ))}
        </ul>
      </details>
    )}
  </li>
);

/** What becomes of a run's pairs under the other version. */
export const PairChanges = ({ pairs, to }: { pairs: Comparison['pairs']; to: number }) => (
  <section aria-label="Pairs" className="border-line border-t">
    <h3 className="px-4 pt-3 font-semibold">Pairs</h3>
    <ul className="pb-2">
      <Change title="become stale" list={pairs.stale}>
        kept as people left them, and marked
      </Change>
      {pairs.fresh.count > 0 && (
        <Change title="are no longer stale" list={pairs.fresh}>
          version {to} carries them again
        </Change>
      )}
      <Change title="go" list={pairs.go}>
        undecided, and withdrawn when pairs are proposed again
      </Change>
      {pairs.come && (
        <Change title="come" list={pairs.come}>
          when pairs are proposed again as they were last
        </Change>
      )}
    </ul>
    {pairs.comeSays && <p className="px-4 pb-3 text-ink-2">{pairs.comeSays}</p>}
  </section>
);
