/** What the rules of pairs see of a standing, as bits: asked of the rules themselves, once for each standing there is. */
import { ruleHolds } from '@/lib/domain/pairs/build';
import { canOpenReflection } from '@/lib/domain/pairs/reflection';
import type { PairSettings } from '@/lib/domain/pairs/settings';
import { isGood, type Standing } from '@/lib/domain/verdict';

export const [GOOD, WRONG, OTHERWISE, FAULTY, OPENS, TOO_LONG] = [1, 2, 4, 8, 16, 32] as const;
const someText = { thinking: 'some', answer: 'some', thinkTokens: 1, rolloutId: '' };
/** What the rules of pairs see of a standing, as a sum of bits. */
export const bitsOf = (standing: Standing, settings: PairSettings): number => {
  const candidate = { ...someText, standing };
  const under = (type: 'accuracy' | 'consistency' | 'penalty') => ruleHolds(type, candidate, candidate, settings);
  return (
    Number(isGood(standing)) * GOOD +
    Number(under('accuracy')) * WRONG +
    Number(under('consistency')) * OTHERWISE +
    Number(under('penalty')) * FAULTY +
    Number(canOpenReflection(candidate)) * OPENS +
    Number(standing.lengthClass === 'too_long') * TOO_LONG
  );
};
