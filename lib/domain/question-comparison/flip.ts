/** A list of flips in an address, in the words of the comparison: `wrong-right`, `consistent-not_decided`. */
import type { FlipsAsked } from '@/lib/domain/comparison/flips-asked';
import { aspects, outcomes, outcomeWords } from '@/lib/domain/comparison/outcome';

const wordsOf = ({ aspect, from, to }: FlipsAsked): readonly [string, string] => [
  outcomeWords[aspect][from],
  outcomeWords[aspect][to],
];

/** Every flip by its name. Where two aspects share their words, the later one says which it is. */
const flips: ReadonlyMap<string, FlipsAsked> = aspects
  .flatMap((aspect) => outcomes.flatMap((from) => outcomes.map((to): FlipsAsked => ({ aspect, from, to }))))
  .reduce((named, flip) => {
    const name = wordsOf(flip).join('-').replaceAll(' ', '_');
    return named.set(named.has(name) ? `${name}-${flip.aspect}` : name, flip);
  }, new Map<string, FlipsAsked>());

/** Null for what is no flip. */
export const parseFlip = (name: string | null): FlipsAsked | null => flips.get(name ?? '') ?? null;

export const formatFlip = ({ aspect, from, to }: FlipsAsked): string =>
  [...flips].find(([, flip]) => flip.aspect === aspect && flip.from === from && flip.to === to)?.[0] ?? '';

/** `wrong → right`, for people. */
export const flipText = (flip: FlipsAsked): string => wordsOf(flip).join(' → ');
