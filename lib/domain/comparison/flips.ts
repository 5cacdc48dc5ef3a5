/** Questions whose outcome changed from one slice to another: how many of each kind, and which. */
import { mcnemar } from '@/lib/domain/stats/mcnemar';
import { type Aspect, type Outcome, outcomeOf, outcomes, type Votes, votesAt } from './outcome';
import type { FlipTable } from './schema';
import { WIDTH } from './tallies';

/** Counts the questions at `shared` by their outcome on either side. */
export const countFlips = (base: Float64Array, other: Float64Array, shared: Int32Array, aspect: Aspect): FlipTable => {
  const counted = new Map<string, number>();
  const key = (from: Outcome, to: Outcome) => `${from} ${to}`;
  for (const place of shared) {
    const from = outcomeOf(votesAt(base, place * WIDTH, aspect));
    const to = outcomeOf(votesAt(other, place * WIDTH, aspect));
    counted.set(key(from, to), (counted.get(key(from, to)) ?? 0) + 1);
  }
  const of = (from: Outcome, to: Outcome) => counted.get(key(from, to)) ?? 0;
  return {
    counts: outcomes
      .flatMap((from) => outcomes.map((to) => ({ from, to, questions: of(from, to) })))
      .filter(({ questions }) => questions > 0),
    p: mcnemar(of('fails', 'holds'), of('holds', 'fails')),
  };
};

export type Flip = {
  /** Of the question, in the tallies. */
  readonly place: number;
  readonly base: Votes;
  readonly other: Votes;
  /** How far the share of rollouts moved, in [0, 1]. */
  readonly moved: number;
};

const shareOf = ({ holds, of }: Votes): number => (of === 0 ? 0 : holds / of);

/** The questions at `shared` with these outcomes, those that moved most first, then in the order of `idOf`. */
export const listFlips = (
  base: Float64Array,
  other: Float64Array,
  shared: Int32Array,
  asked: { readonly aspect: Aspect; readonly from: Outcome; readonly to: Outcome },
  idOf: (place: number) => string,
): Flip[] => {
  const found: Flip[] = [];
  for (const place of shared) {
    const votes = {
      base: votesAt(base, place * WIDTH, asked.aspect),
      other: votesAt(other, place * WIDTH, asked.aspect),
    };
    if (outcomeOf(votes.base) !== asked.from || outcomeOf(votes.other) !== asked.to) continue;
    found.push({ place, ...votes, moved: Math.abs(shareOf(votes.other) - shareOf(votes.base)) });
  }
  return found.sort((a, b) => b.moved - a.moved || (idOf(a.place) < idOf(b.place) ? -1 : 1));
};
