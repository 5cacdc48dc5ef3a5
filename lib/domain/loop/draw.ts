/** Drawing from a set of ids: the loop samples pairs for a person and questions to leave out by the same rule. */
import { textHash } from '@/lib/domain/pairs/identity';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * `count` of the ids, all of them where there are fewer. The same set and seed give the same ones whatever the order
 * of `ids`: each id has a place of its own in the draw, so that one more id changes at most one of those picked.
 */
export const drawIds = (ids: readonly string[], count: number, seed: number): string[] =>
  [...new Set(ids)]
    .map((id) => ({ id, place: textHash(`${seed}\n${id}`) }))
    .sort((a, b) => compare(a.place, b.place) || compare(a.id, b.id))
    .slice(0, Math.max(0, count))
    .map(({ id }) => id);
