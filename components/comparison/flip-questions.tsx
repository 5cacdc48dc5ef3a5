'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { acrossAddress } from '@/components/question-comparison/across-address';
import { Button } from '@/components/ui/button';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import { WideTable } from '@/components/ui/wide-table';
import type { FlipsAsked } from '@/lib/domain/comparison/flips-asked';
import { outcomeWords, type Votes } from '@/lib/domain/comparison/outcome';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { flipsQuery } from '@/lib/queries/comparison';

type FlipQuestionsProps = {
  readonly pair: readonly [Slice, Slice];
  readonly names: { readonly base: string; readonly other: string };
  readonly narrow: Narrow;
  readonly asked: FlipsAsked;
  /** As the matrix counts them. */
  readonly count: number;
  readonly onClose: () => void;
};

const th = 'px-3 py-1.5 text-left font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-1 whitespace-nowrap';

const votesText = ({ holds, of }: Votes, word: string): string =>
  of === 0 ? '–' : `${formatCount(holds)} of ${formatCount(of)} ${word}`;

/** The questions behind one count, those that moved most first; each opens its chains side by side. */
export const FlipQuestions = ({ pair, names, narrow, asked, count, onClose }: FlipQuestionsProps) => {
  const query = useInfiniteQuery(flipsQuery({ slices: pair, narrow }, asked));
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const words = outcomeWords[asked.aspect];
  const title = `${words[asked.from]} → ${words[asked.to]}`;
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section aria-label={`Questions ${title}`} className="border-line border-t">
      <header className="flex items-center justify-between gap-2 px-4 py-1.5">
        <h3 className="font-medium">
          {title}: {counted(count, 'question')}
        </h3>
        <Button look="quiet" className="w-8 px-0" aria-label="Close the list" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </header>
      {error ? (
        <div className="p-4">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      ) : data ? (
        <WideTable label={`Questions ${title}`}>
          <thead>
            <tr>
              <th className={th}>Question</th>
              <th className={th}>Set</th>
              <th className={th}>Kind</th>
              <th className={`${th} text-right`}>{names.base}</th>
              <th className={`${th} text-right`}>{names.other}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ questionId, prompt, set, kind, base, other }) => (
              <tr key={questionId} className="border-line border-t hover:bg-sunken/60">
                <td className="w-full min-w-56 max-w-0 px-3 py-1">
                  <Link
                    href={acrossAddress(questionId, { slices: pair, scope: { flip: asked, narrow } })}
                    className="block truncate hover:text-accent hover:underline"
                  >
                    {prompt || 'A question without words'}
                  </Link>
                </td>
                <td className={`${td} max-w-48 truncate text-ink-2`} title={set}>
                  {set}
                </td>
                <td className={`${td} text-ink-2`}>{kind}</td>
                <td className={`${td} text-right tabular-nums`}>{votesText(base, words.holds)}</td>
                <td className={`${td} text-right tabular-nums`}>{votesText(other, words.holds)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      ) : (
        <div className="p-4">
          <Loading what="the questions">
            <Skeleton className="h-32 w-full" />
          </Loading>
        </div>
      )}
      {hasNextPage && (
        <div className="border-line border-t p-2">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more of {formatCount(count)}
          </Button>
        </div>
      )}
    </section>
  );
};
