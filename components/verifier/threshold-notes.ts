/** What each threshold is called and what its plot shows. */

import { formatCount } from '@/lib/domain/text/counted';
import type { Check } from '@/lib/domain/verdict';
import { isTokens, shareAt, type ThresholdName, tokensAt } from '@/lib/domain/verifier/what-if/thresholds';

type Note = {
  readonly label: string;
  readonly check: Check;
  readonly hint: string;
  /** What its own check counts; null for the reward, which is a mean. */
  readonly own: string | null;
  /** Where it has nothing to decide. */
  readonly idle: string;
};

export const thresholdNotes: Record<ThresholdName, Note> = {
  minAccuracy: {
    label: 'Correct from',
    check: 'accuracy',
    hint: 'score of choice, number and math',
    own: 'correct',
    idle: 'No choice, number or math question with a truth here: it decides nothing.',
  },
  minAccuracyGraded: {
    label: 'Correct from, graded',
    check: 'accuracy',
    hint: 'score of regression, ocr and text',
    own: 'correct',
    idle: 'No regression, ocr or text question with a truth here: it decides nothing.',
  },
  maxRepetition: {
    label: 'Repetitive above',
    check: 'repetition',
    hint: 'share of repeated tokens',
    own: 'repetitive',
    idle: 'Nothing is verified here.',
  },
  minThinkTokens: {
    label: 'Too short below',
    check: 'length',
    hint: 'tokens of thinking; counts lengths, and no pair or good rollout',
    own: 'too short',
    idle: 'Nothing is verified here.',
  },
  maxThinkTokens: {
    label: 'Too long above',
    check: 'length',
    hint: 'tokens of thinking; too long is not preferred for its length',
    own: 'too long',
    idle: 'Nothing is verified here.',
  },
  formatReward: {
    label: 'Format reward',
    check: 'format',
    hint: 'added for a well-formed response',
    own: null,
    idle: 'No question with a truth here: no rollout has a reward.',
  },
};

/** Where a value lies on its slider and its plot, in [0, 1]. */
export const placeOf = (name: ThresholdName, value: number): number =>
  isTokens(name) ? shareAt(value) : Math.min(1, Math.max(0, value));

const DECIMALS = 3;

/** As a label: 0.3, 0.125, 4,096. */
export const thresholdText = (name: ThresholdName, value: number): string =>
  isTokens(name) ? formatCount(value) : String(Number(value.toFixed(DECIMALS)));

const TOKEN_STEPS = 200;
const SHARE_STEPS = 100;

/** A slider has 100 steps over a share and 200 over the scale of tokens. */
export const stepsOf = (name: ThresholdName): number => (isTokens(name) ? TOKEN_STEPS : SHARE_STEPS);

/** The value at a step of the slider. From `value` on, a step always moves by one token at least. */
export const valueAtStep = (name: ThresholdName, step: number, value: number): number => {
  if (!isTokens(name)) return step / SHARE_STEPS;
  const wanted = tokensAt(step / TOKEN_STEPS);
  const steps = step - Math.round(shareAt(value) * TOKEN_STEPS);
  return wanted === value && steps !== 0 ? value + Math.sign(steps) : wanted;
};
