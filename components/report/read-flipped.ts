/** Reads the questions that a report lists. */
import type { QueryClient } from '@tanstack/react-query';
import type { ComparisonAsked } from '@/lib/domain/comparison/asked';
import type { Changes } from '@/lib/domain/comparison/schema';
import { type FlippedQuestions, flipCount, listedFlips } from '@/lib/domain/report/flip-section';
import { flipsQuery } from '@/lib/queries/comparison';

/** Of each kind of flip so many questions, those that moved most. */
const MOST = 15;

/** For each slice after the baseline, in order. One list after the other: each is worked out from all rollouts. */
export const readFlipped = async (
  client: QueryClient,
  { slices, narrow }: ComparisonAsked,
  { sides }: Changes,
  onProgress: (done: number, total: number) => void,
): Promise<FlippedQuestions[][]> => {
  const [base, ...others] = slices;
  const wanted = sides.map(({ flips }) =>
    listedFlips.filter(({ aspect, from, to }) => flipCount(flips[aspect], from, to) > 0),
  );
  const total = wanted.flat().length;
  const read: FlippedQuestions[][] = [];
  let done = 0;
  for (const [at, other] of others.entries()) {
    const lists: FlippedQuestions[] = [];
    for (const asked of base ? (wanted[at] ?? []) : []) {
      if (!base) break;
      onProgress(done, total);
      const { pages } = await client.fetchInfiniteQuery(flipsQuery({ slices: [base, other], narrow }, asked));
      lists.push({ asked, questions: pages[0]?.rows.slice(0, MOST) ?? [] });
      done += 1;
    }
    read.push(lists);
  }
  return read;
};
