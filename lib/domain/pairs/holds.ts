/**
 * What the rule of a pair asks of its two rollouts' standings and lengths. The pair builder picks by it, and a pair
 * that was picked is stale once it no longer holds: verdicts change with another verifier version, with a judge's word
 * and with a person's correction. lib/data/pairs/stale.ts says the same in SQL.
 */
import type { z } from 'zod';
import type { PairType } from '@/lib/domain/pair';
import { isGood, type Standing } from '@/lib/domain/verdict';
import { type PairSettings, pairSettingsSchema } from './settings';

/** Of a rollout: what people and the verifier make of it, and the tokens of its thinking. */
export type Side = { readonly standing: Standing; readonly thinkTokens: number };
/** The settings of a proposal that its rules go by. */
export type RuleTerms = Pick<PairSettings, 'minLengthRatio' | 'maxReflectionTokens'>;

/** As stored beside a pair; a pair that says nothing was made under the usual terms. */
export const ruleTermsSchema = pairSettingsSchema.pick({ minLengthRatio: true, maxReflectionTokens: true });
export const ruleTermsOf = ({ minLengthRatio, maxReflectionTokens }: RuleTerms): z.infer<typeof ruleTermsSchema> => ({
  minLengthRatio,
  maxReflectionTokens,
});

/**
 * Whether a rollout can open a reflection: a wrong answer that its own thinking leads to, in good form. A
 * repetitive or cut-off opening would teach just that, and thinking that contradicts its wrong answer may be right.
 */
export const opensReflection = (standing: Standing): boolean =>
  standing.correct === false &&
  standing.wellFormed &&
  standing.consistency !== 'inconsistent' &&
  !standing.repetitive &&
  standing.lengthClass !== 'cut_off';

/** A fault of form: what `penalty` teaches to avoid. */
const isFaulty = (standing: Standing): boolean =>
  standing.repetitive || !standing.wellFormed || standing.lengthClass === 'cut_off';

type Rule = (good: Side, bad: Side, terms: RuleTerms) => boolean;

/** When `good`, which is good, may be chosen over `bad`. One line of DESIGN §5 each. */
const rules: Record<PairType, Rule> = {
  accuracy: (_good, bad) => bad.standing.correct === false,
  consistency: (_good, bad) => bad.standing.correct === true && bad.standing.consistency === 'inconsistent',
  penalty: (_good, bad) => isFaulty(bad.standing),
  // Too long is in no check's way of being good, but it is nothing to prefer for its length.
  length: (good, bad, { minLengthRatio }) =>
    isGood(bad.standing) &&
    good.standing.lengthClass !== 'too_long' &&
    good.thinkTokens > bad.thinkTokens &&
    good.thinkTokens >= bad.thinkTokens * minLengthRatio,
  reflection: (good, bad, { maxReflectionTokens }) =>
    opensReflection(bad.standing) && good.thinkTokens + bad.thinkTokens <= maxReflectionTokens,
};

/** Whether standings and lengths let `good`, which is good, be chosen over `bad`. */
export const allows = (type: PairType, good: Side, bad: Side, terms: RuleTerms): boolean =>
  rules[type](good, bad, terms);

/** Whether the rule of a pair holds: `good` is good, and may be chosen over `bad`. */
export const holds = (type: PairType, good: Side, bad: Side, terms: RuleTerms): boolean =>
  isGood(good.standing) && allows(type, good, bad, terms);

/** Of two rollouts without one verdict each nothing can be said, and so the rule does not hold. */
export type KnownSide = Side | null;

/**
 * Why the rule no longer holds, as the end of a sentence (`the chosen chain is no longer consistent`); null while it
 * does. `good` is undefined for reflections that do not say whose thinking ends them: only the other side counts then.
 */
export const breachOf = (
  type: PairType,
  good: KnownSide | undefined,
  bad: KnownSide,
  terms: RuleTerms,
): string | null => {
  if (good === null || bad === null) return 'one of its chains has no verdict';
  if (good === undefined) return opensReflection(bad.standing) ? null : breachOfBad(type, undefined, bad);
  if (holds(type, good, bad, terms)) return null;
  const fault = faultOf(good.standing);
  if (fault !== null) return `${type === 'reflection' ? 'the chain that ends it' : 'the chosen chain'} ${fault}`;
  return breachOfBad(type, good, bad);
};

/** What keeps a chain from being good; the first that applies. */
const faultOf = (standing: Standing): string | null => {
  if (standing.correct !== true) return 'is no longer correct';
  if (!standing.wellFormed) return 'is no longer well formed';
  if (standing.consistency !== 'consistent') return 'is no longer consistent';
  if (standing.repetitive) return 'now counts as repetitive';
  return standing.lengthClass === 'cut_off' ? 'now counts as cut off' : null;
};

const breachOfBad = (type: PairType, good: Side | undefined, { standing }: Side): string => {
  switch (type) {
    case 'accuracy':
      return 'the rejected chain is no longer wrong';
    case 'consistency':
      return standing.correct === true
        ? 'the rejected chain is no longer inconsistent'
        : 'the rejected chain is no longer correct';
    case 'penalty':
      return 'the rejected chain no longer has a fault of form';
    case 'length':
      if (!isGood(standing)) return 'the rejected chain is no longer good';
      return good?.standing.lengthClass === 'too_long'
        ? 'the chosen chain is now too long'
        : 'the chosen chain is no longer that much longer than the rejected one';
    case 'reflection':
      if (standing.correct !== false) return 'the chain that begins it is no longer wrong';
      return opensReflection(standing)
        ? 'both its chains together are now too long for a reflection'
        : 'the chain that begins it is no longer one to begin with';
  }
};
