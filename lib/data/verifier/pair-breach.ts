import 'server-only';
/** Whether the rule of a stored pair holds under standings that are not in force. */
import { z } from 'zod';
import { pairTypeSchema } from '@/lib/domain/pair';
import { breachOf, type KnownSide, ruleTermsSchema } from '@/lib/domain/pairs/holds';
import type { StandingOf } from './compare-scores';

/** What a pair's rule spoke of; the sides by their places in the order of import. */
export const ruledPairShape = {
  type: pairTypeSchema,
  terms: ruleTermsSchema,
  good: z.coerce.number().nullable(),
  bad: z.coerce.number().nullable(),
};
const ruledPairSchema = z.object(ruledPairShape);

/** Its columns, over `lib/data/pairs/stale.ts` `staleJoins`. */
export const ruledPairColumns = 'p.type, p.terms, good.seq AS good, bad.seq AS bad';

/** Why the rule does not hold under these standings; null where it does. */
export const breachUnder = ({ type, terms, good, bad }: z.infer<typeof ruledPairSchema>, of: StandingOf) => {
  const side = (seq: number | null): KnownSide => (seq === null ? null : (of(seq) ?? null));
  // Old reflections know only the side that they reject.
  return breachOf(type, type === 'reflection' && good === null ? undefined : side(good), side(bad), terms);
};
