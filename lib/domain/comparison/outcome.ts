/** What most rollouts of a question come to, and how that changed from one slice to another. */
import { z } from 'zod';
import { type Column, columnAt } from './metrics';

export const aspects = ['accuracy', 'consistency'] as const;
export const aspectSchema = z.enum(aspects);
export type Aspect = z.infer<typeof aspectSchema>;

/** `holds`: right, or consistent; `fails`: wrong, or inconsistent; `split`: as many so as so; `unknown`: nobody can say. */
export const outcomes = ['holds', 'fails', 'split', 'unknown'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;

/** How outcomes are called, by aspect. */
export const outcomeWords: Readonly<Record<Aspect, Readonly<Record<Outcome, string>>>> = {
  accuracy: { holds: 'right', fails: 'wrong', split: 'split', unknown: 'not judged' },
  consistency: { holds: 'consistent', fails: 'inconsistent', split: 'split', unknown: 'not decided' },
};

/** Rollouts of a question on one side: how many were judged (or decided), and of how many it holds. */
export type Votes = { readonly holds: number; readonly of: number };

const places = {
  accuracy: { of: columnAt('judged'), holds: columnAt('correct') },
  consistency: { of: columnAt('decided'), fails: columnAt('inconsistent') },
} as const;

/** The columns that votes are read from. */
export const columnsOfAspect: Readonly<Record<Aspect, readonly Column[]>> = {
  accuracy: ['judged', 'correct'],
  consistency: ['decided', 'inconsistent'],
};

/** The votes of a row of columns that starts at `start`. */
export const votesAt = (values: Float64Array, start: number, aspect: Aspect): Votes => {
  const at = (place: number): number => values[start + place] ?? 0;
  const of = at(places[aspect].of);
  return { of, holds: aspect === 'accuracy' ? at(places.accuracy.holds) : of - at(places.consistency.fails) };
};

/** More than half of the rollouts that can be told decide; exactly half is a split. */
export const outcomeOf = ({ holds, of }: Votes): Outcome => {
  if (of === 0) return 'unknown';
  if (2 * holds === of) return 'split';
  return 2 * holds > of ? 'holds' : 'fails';
};
