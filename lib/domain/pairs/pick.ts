/**
 * Which couples of a group become pairs: the draw and the limits, apart from texts and from how a pair is written. The
 * what-if of the verifier picks by the same rules from what it keeps of the texts.
 */
import { type PairType, pairTypes } from '@/lib/domain/pair';
import { isGood } from '@/lib/domain/verdict';
import type { PairCandidate } from './candidate';
import { type Draw, shuffled } from './random';
import type { PairSettings } from './settings';

/** Rollouts of one question that are looked at: all pairs of 128 are 16,384, and groups usually have 8. */
export const MAX_CANDIDATES = 128;

/** What of a candidate is looked at here and by the rules. */
export type Pickable = Pick<PairCandidate, 'rolloutId' | 'standing' | 'thinkTokens' | 'thinking' | 'answer'>;
export type Couple<C extends Pickable> = { readonly good: C; readonly bad: C };
export type PickedCouple<C extends Pickable> = Couple<C> & { readonly type: PairType };

/** Whether `good`, which is good, may be chosen over `bad` as a pair of this type. */
export type Holds = (type: PairType, good: Pickable, bad: Pickable, settings: PairSettings) => boolean;

/**
 * The couples of one group's distinct candidates, at most `maxPerQuestion`, in the order they were picked: one type
 * after the other, rarest first, so that the many accuracy pairs never crowd out the one consistency pair. Within a
 * type, rollouts that were used least come first. No couple twice under types that pair the same two texts.
 */
export const pickCouples = <C extends Pickable>(
  distinct: readonly C[],
  holds: Holds,
  settings: PairSettings,
  draw: Draw,
): PickedCouple<C>[] => {
  const candidates = distinct.length <= MAX_CANDIDATES ? distinct : shuffled(distinct, draw).slice(0, MAX_CANDIDATES);
  const queues = queuesOf(candidates, holds, settings, draw);
  const picked: PickedCouple<C>[] = [];
  const uses = new Map<string, number>();
  const taken = new Set<string>();
  for (let round = 0; round < settings.maxPerTypePerQuestion; round++) {
    for (const { type, couples } of queues) {
      if (picked.length >= settings.maxPerQuestion) return picked;
      const couple = leastUsed(type, couples, uses, taken);
      if (couple === undefined) continue;
      taken.add(keyOf(type, couple));
      picked.push({ type, ...couple });
      for (const { rolloutId } of [couple.good, couple.bad]) uses.set(rolloutId, (uses.get(rolloutId) ?? 0) + 1);
    }
  }
  return picked;
};

type Queue<C extends Pickable> = { readonly type: PairType; readonly couples: readonly Couple<C>[] };

/** The couples of every type that is on, shuffled; the type with the fewest first, equals in the order of `pairTypes`. */
const queuesOf = <C extends Pickable>(
  candidates: readonly C[],
  holds: Holds,
  settings: PairSettings,
  draw: Draw,
): Queue<C>[] => {
  const goods = candidates.filter(({ standing }) => isGood(standing));
  const couplesOf = (type: PairType): Couple<C>[] =>
    goods.flatMap((good) =>
      candidates.filter((bad) => bad !== good && holds(type, good, bad, settings)).map((bad) => ({ good, bad })),
    );
  return pairTypes
    .filter((type) => settings.types[type])
    .map((type) => ({ type, couples: shuffled(couplesOf(type), draw) }))
    .sort((a, b) => a.couples.length - b.couples.length);
};

/** A reflection has a text of its own; the other types of one couple would be the same pair. */
const keyOf = (type: PairType, { good, bad }: Couple<Pickable>): string =>
  `${type === 'reflection'}\n${good.rolloutId}\n${bad.rolloutId}`;

/** The first couple of those whose rollouts were used least; the order of `couples` is the draw. */
const leastUsed = <C extends Pickable>(
  type: PairType,
  couples: readonly Couple<C>[],
  uses: ReadonlyMap<string, number>,
  taken: ReadonlySet<string>,
): Couple<C> | undefined => {
  let best: Couple<C> | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const couple of couples) {
    const used = (uses.get(couple.good.rolloutId) ?? 0) + (uses.get(couple.bad.rolloutId) ?? 0);
    if (used >= fewest || taken.has(keyOf(type, couple))) continue;
    best = couple;
    fewest = used;
  }
  return best;
};
