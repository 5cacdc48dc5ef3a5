/** The rows that pairs are shown by: each type through the iterations, so that a type can be followed. */
import { typeNames } from '@/components/pairs/act-text';
import { pairsAddress } from '@/components/pairs/pairs-address';
import { type PairState, type PairType, pairTypes } from '@/lib/domain/pair';

type Place = { readonly iterationId: string; readonly k: number; readonly type: PairType };

/** The same for the same iteration and type. */
export const pairRowKey = ({ iterationId, type }: Place): string => `${type} ${iterationId}`;

/** The order of the rows. */
export const byPairRow = (a: Place, b: Place): number =>
  pairTypes.indexOf(a.type) - pairTypes.indexOf(b.type) || a.k - b.k;

/** `Accuracy 1`: the type in the pairs of iteration 1. */
export const pairRowName = ({ k, type }: Place): string => `${typeNames[type]} ${k}`;

/** The pairs behind a number: of a type, and of a state where one is named. */
export const pairsBehind = (runId: string, { k, type }: Place, state: PairState | 'all' = 'all') =>
  pairsAddress(runId, k, { type, state });
