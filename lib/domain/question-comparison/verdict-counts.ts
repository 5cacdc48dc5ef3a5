/** How many chains of a slice came out how. */
import type { FacetName } from '@/lib/domain/rollouts/filter';
import type { ShownStanding } from '@/lib/domain/rollouts/row';
import type { Check } from '@/lib/domain/verdict';

type Outcome = {
  readonly key: string;
  readonly name: string;
  readonly check: Check;
  /** The facet of the list of rollouts that finds the same ones. */
  readonly facet: FacetName;
  readonly value: string;
  readonly holds: (standing: ShownStanding) => boolean;
};

/** In the order they are shown; those of one check exclude each other. */
export const countedOutcomes = [
  {
    key: 'correct',
    name: 'correct',
    check: 'accuracy',
    facet: 'correct',
    value: 'yes',
    holds: (s) => s.correct === true,
  },
  { key: 'wrong', name: 'wrong', check: 'accuracy', facet: 'correct', value: 'no', holds: (s) => s.correct === false },
  ...(['consistent', 'inconsistent', 'undetermined'] as const).map((value) => ({
    key: value,
    name: value,
    check: 'consistency' as const,
    facet: 'consistency' as const,
    value,
    holds: (s: ShownStanding) => s.consistency === value,
  })),
  {
    key: 'malformed',
    name: 'malformed',
    check: 'format',
    facet: 'wellFormed',
    value: 'no',
    holds: (s) => s.wellFormed === false,
  },
  {
    key: 'repetitive',
    name: 'repetitive',
    check: 'repetition',
    facet: 'repetitive',
    value: 'yes',
    holds: (s) => s.repetitive === true,
  },
  {
    key: 'cut_off',
    name: 'cut off',
    check: 'length',
    facet: 'lengthClass',
    value: 'cut_off',
    holds: (s) => s.lengthClass === 'cut_off',
  },
] as const satisfies readonly Outcome[];
export type CountedOutcome = (typeof countedOutcomes)[number];

export type VerdictCount = { readonly outcome: CountedOutcome; readonly count: number };

/** Chains with each outcome; corrections of people are in the standings already. */
export const countVerdicts = (standings: readonly ShownStanding[]): readonly VerdictCount[] =>
  countedOutcomes.map((outcome) => ({ outcome, count: standings.filter(outcome.holds).length }));

/** Chains that no verifier has read yet. */
export const countUnverified = (standings: readonly ShownStanding[]): number =>
  standings.filter(({ wellFormed }) => wellFormed === null).length;
