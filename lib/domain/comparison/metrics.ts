/** What slices are compared by: each metric is a sum over a count, so that it can be recomputed and drawn again. */
import type { Ratio } from '@/lib/domain/stats/bootstrap';

/** What is summed over the rollouts of a question, or of a slice; all but the last three of the names are counts. */
export const columns = [
  'rollouts',
  /** With an accuracy r_a. */
  'scored',
  /** With a truth, so that they are right or wrong. */
  'judged',
  'correct',
  /** Consistent or inconsistent; the undetermined are neither. */
  'decided',
  'inconsistent',
  'rightConsistent',
  /** Read by the verifier for repetition, for format and for length. */
  'readRepetition',
  'repetitive',
  'readFormat',
  'malformed',
  'readLength',
  'cutOff',
  /** With thinking tokens. */
  'measured',
  'rewarded',
  /** Sums: of r_a, of thinking tokens, of rewards. */
  'accuracy',
  'tokens',
  'reward',
] as const;
export type Column = (typeof columns)[number];

export const metrics = [
  'accuracy',
  'correct',
  'inconsistent',
  'rightConsistent',
  'repetitive',
  'malformed',
  'cutOff',
  'tokens',
  'reward',
] as const;
export type Metric = (typeof metrics)[number];

type Definition = {
  readonly over: Column;
  readonly of: Column;
  /** A share of counts in [0, 1], or a mean of values. */
  readonly kind: 'share' | 'mean';
  /** Which way is better; null where neither is by itself. */
  readonly better: 'more' | 'less' | null;
};

export const definitions: Readonly<Record<Metric, Definition>> = {
  accuracy: { over: 'accuracy', of: 'scored', kind: 'mean', better: 'more' },
  correct: { over: 'correct', of: 'judged', kind: 'share', better: 'more' },
  inconsistent: { over: 'inconsistent', of: 'decided', kind: 'share', better: 'less' },
  rightConsistent: { over: 'rightConsistent', of: 'judged', kind: 'share', better: 'more' },
  repetitive: { over: 'repetitive', of: 'readRepetition', kind: 'share', better: 'less' },
  malformed: { over: 'malformed', of: 'readFormat', kind: 'share', better: 'less' },
  cutOff: { over: 'cutOff', of: 'readLength', kind: 'share', better: 'less' },
  tokens: { over: 'tokens', of: 'measured', kind: 'mean', better: null },
  reward: { over: 'reward', of: 'rewarded', kind: 'mean', better: 'more' },
};

/** Sums of squares that the intervals of means need; those of shares follow from the counts. */
export const squaredColumns = ['accuracy', 'tokens', 'reward'] as const satisfies readonly Column[];

const placeOf = new Map<Column, number>(columns.map((column, at) => [column, at]));

/** Where the column stands in a row of numbers. */
export const columnAt = (column: Column): number => placeOf.get(column) ?? 0;

/** The metric as the bootstrap draws it. */
export const ratioOf = (metric: Metric): Ratio => ({
  over: columnAt(definitions[metric].over),
  of: columnAt(definitions[metric].of),
});

/** A record with one entry for every metric. */
export const forEachMetric = <T>(make: (metric: Metric) => T): Record<Metric, T> => ({
  accuracy: make('accuracy'),
  correct: make('correct'),
  inconsistent: make('inconsistent'),
  rightConsistent: make('rightConsistent'),
  repetitive: make('repetitive'),
  malformed: make('malformed'),
  cutOff: make('cutOff'),
  tokens: make('tokens'),
  reward: make('reward'),
});
