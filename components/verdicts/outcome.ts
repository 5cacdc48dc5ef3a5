/** How the outcomes of checks are said, everywhere alike. */
import type { ShownStanding } from '@/lib/domain/rollouts/row';
import type { Check, Consistency, LengthClass } from '@/lib/domain/verdict';

export type Outcome = {
  readonly check: Check;
  /** Null while nothing is known. */
  readonly good: boolean | null;
  readonly text: string;
};

const consistencyTexts: Record<Consistency, string> = {
  consistent: 'consistent',
  inconsistent: 'inconsistent',
  undetermined: 'undetermined',
};
const lengthTexts: Record<LengthClass, string> = {
  too_short: 'too short',
  in_range: 'in range',
  too_long: 'too long',
  cut_off: 'cut off',
};

const truth = (value: boolean | null, yes: string, no: string, unknown: string): string =>
  value === null ? unknown : value ? yes : no;

/** The five checks of a standing in their fixed order. */
export const outcomesOf = (standing: ShownStanding): readonly Outcome[] => {
  const verified = standing.wellFormed !== null;
  return [
    {
      check: 'format',
      good: standing.wellFormed,
      text: truth(standing.wellFormed, 'well formed', 'malformed', 'not verified'),
    },
    {
      check: 'accuracy',
      good: standing.correct,
      text: truth(standing.correct, 'correct', 'wrong', verified ? 'no truth' : 'not verified'),
    },
    {
      check: 'consistency',
      good:
        standing.consistency === null || standing.consistency === 'undetermined'
          ? null
          : standing.consistency === 'consistent',
      text: standing.consistency ? consistencyTexts[standing.consistency] : 'not verified',
    },
    {
      check: 'repetition',
      good: standing.repetitive === null ? null : !standing.repetitive,
      text: truth(standing.repetitive, 'repetitive', 'not repetitive', 'not verified'),
    },
    {
      check: 'length',
      good: standing.lengthClass === null ? null : standing.lengthClass === 'in_range',
      text: standing.lengthClass ? lengthTexts[standing.lengthClass] : 'not verified',
    },
  ];
};

/** A corrected or decided value of one check, in the words of `outcomesOf`. */
export const valueText = (check: Check, value: boolean | string | null): string => {
  if (value === null) return 'unknown';
  if (check === 'format') return value === true ? 'well formed' : 'malformed';
  if (check === 'accuracy') return value === true ? 'correct' : 'wrong';
  if (check === 'repetition') return value === true ? 'repetitive' : 'not repetitive';
  return String(value).replaceAll('_', ' ');
};

export const checkTitles: Record<Check, string> = {
  format: 'Format',
  accuracy: 'Accuracy',
  consistency: 'Consistency',
  repetition: 'Repetition',
  length: 'Length',
};
