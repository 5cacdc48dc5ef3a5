/** People correct verdicts; the standing they see, and everything counted from it, follows. */
import type { Check, Consistency, LengthClass, Standing } from '@/lib/domain/verdict';
import { rewardOf } from './reward';
import type { VerifierSettings } from './settings';

/** The corrected value of one check. */
export type Correction =
  | { readonly check: Extract<Check, 'format'>; readonly value: boolean }
  | { readonly check: Extract<Check, 'accuracy'>; readonly value: boolean }
  | { readonly check: Extract<Check, 'consistency'>; readonly value: Consistency }
  /** True means repetitive. */
  | { readonly check: Extract<Check, 'repetition'>; readonly value: boolean }
  | { readonly check: Extract<Check, 'length'>; readonly value: LengthClass };

/**
 * The standing with corrections in the order they were made; the last one per check wins. A corrected accuracy is 1
 * or 0 in the reward; an accuracy that stays as decided keeps its graded score.
 */
export const applyCorrections = (
  standing: Standing,
  corrections: readonly Correction[],
  settings: Pick<VerifierSettings, 'formatReward'>,
): Standing => {
  if (corrections.length === 0) return standing;
  const corrected = corrections.reduce(applyOne, standing);
  if (corrected.correct === standing.correct && corrected.wellFormed === standing.wellFormed) return corrected;
  const decidedAccuracy =
    standing.reward === null ? null : standing.reward - (standing.wellFormed ? settings.formatReward : 0);
  const accuracy = accuracyThatCounts(decidedAccuracy, standing, corrected);
  return { ...corrected, reward: rewardOf(accuracy, corrected.wellFormed, settings) };
};

/**
 * r_a in [0, 1] as it counts: 1 or 0 where a person said other than what was decided, else the grade `measured`; null
 * when the question has no truth and nobody said anything.
 */
export const accuracyThatCounts = (
  measured: number | null,
  decided: Pick<Standing, 'correct'>,
  stands: Pick<Standing, 'correct'>,
): number | null => (stands.correct === decided.correct ? measured : Number(stands.correct === true));

const applyOne = (standing: Standing, correction: Correction): Standing => {
  switch (correction.check) {
    case 'format':
      return { ...standing, wellFormed: correction.value };
    case 'accuracy':
      return { ...standing, correct: correction.value };
    case 'consistency':
      return { ...standing, consistency: correction.value };
    case 'repetition':
      return { ...standing, repetitive: correction.value };
    case 'length':
      return { ...standing, lengthClass: correction.value };
  }
};
