/** What people say of a rollout whose verdict they have not seen, and what of it holds. */
import { z } from 'zod';

/** In the order in which they are asked: whether thinking and answer agree is asked before the truth shows. */
export const labelChecks = ['consistency', 'accuracy'] as const;
export const labelCheckSchema = z.enum(labelChecks);
export type LabelCheck = z.infer<typeof labelCheckSchema>;

const labelValues = {
  consistency: ['consistent', 'inconsistent', 'unsure'],
  accuracy: ['correct', 'wrong', 'unsure'],
} as const;
export const labelValueSchema = z.enum(['consistent', 'inconsistent', 'correct', 'wrong', 'unsure']);
export type LabelValue = z.infer<typeof labelValueSchema>;

/** One act as it is sent: a null value takes the person's label of that check back. */
export const labelRequestSchema = z
  .object({ check: labelCheckSchema, value: labelValueSchema.nullable() })
  .refine(({ check, value }) => value === null || labelValues[check].some((known) => known === value), {
    message: 'This label is not one of the check’s',
    path: ['value'],
  });

/** What counts as positive: what each check is there to find. */
export const positiveValue = { consistency: 'inconsistent', accuracy: 'correct' } as const satisfies Record<
  LabelCheck,
  LabelValue
>;

/** An act as stored; `person` is null where the account is gone. */
export type LabelAct = {
  readonly rolloutId: string;
  readonly person: string | null;
  readonly check: LabelCheck;
  readonly value: LabelValue | null;
};

export type LabelInForce = LabelAct & {
  readonly value: LabelValue;
  /** The person had said something else before: with the verdict on the screen in between. */
  readonly changed: boolean;
};

/** The labels that hold of acts in their order: the last act of a person on one check of one rollout. */
export const foldLabels = (acts: readonly LabelAct[]): LabelInForce[] => {
  const folded = new Map<string, { act: LabelAct; said: Set<LabelValue> }>();
  for (const act of acts) {
    const key = JSON.stringify([act.rolloutId, act.check, act.person]);
    const said = folded.get(key)?.said ?? new Set();
    if (act.value !== null) said.add(act.value);
    folded.set(key, { act, said });
  }
  return [...folded.values()].flatMap(({ act, said }) =>
    act.value === null ? [] : { ...act, value: act.value, changed: said.size > 1 },
  );
};

/**
 * What the people who labelled one check of one rollout say together: true for the positive value, false for the other.
 * `unsure` is no vote; as many for as against is `split`; nobody sure is `open`.
 */
export const settleLabels = (check: LabelCheck, values: readonly LabelValue[]): boolean | 'split' | 'open' => {
  const sure = values.filter((value) => value !== 'unsure');
  const lean = sure.reduce((sum, value) => sum + (value === positiveValue[check] ? 1 : -1), 0);
  if (sure.length === 0) return 'open';
  return lean === 0 ? 'split' : lean > 0;
};
