/** What the reward API answers: pure, so that the studio's route and a service beside a trainer share it. */
import { z } from 'zod';
import { createScorer, type Item, type Scored } from './score-item';
import type { VerifierSettings } from './settings';

export const verdictAnswerSchema = z.object({
  reward: z.number(),
  accuracy: z.number(),
  format: z.number(),
  correct: z.boolean(),
  well_formed: z.boolean(),
  consistency: z.string(),
  concluded: z.string().nullable(),
  repetition: z.number(),
  repetitive: z.boolean(),
  length: z.string(),
  think_tokens: z.number(),
  answer: z.string().nullable(),
  reasons: z.record(z.string(), z.string()),
});
export type VerdictAnswer = z.infer<typeof verdictAnswerSchema>;

/** An item that the verifier itself failed on: its reward is 0 and means nothing. */
export const failureSchema = z.object({ index: z.int().nonnegative(), reason: z.string() });
export type ItemFailure = z.infer<typeof failureSchema>;

/** `rewards[i]` is r_a + r_f of item i; `scores` and `extra_logs` are what OpenRLHF logs besides. */
export const rewardAnswerSchema = z.object({
  rewards: z.array(z.number()),
  scores: z.array(z.number()),
  extra_logs: z.record(z.string(), z.array(z.number())),
  verdicts: z.array(verdictAnswerSchema),
  failures: z.array(failureSchema).describe('Items that the verifier failed on; leave them out of training'),
});
export type RewardAnswer = z.infer<typeof rewardAnswerSchema>;

/** Scores items one by one, so that a caller can do other things in between. */
export function* scoreItems(items: readonly Item[], settings: VerifierSettings): Generator<VerdictAnswer> {
  const score = createScorer(settings);
  for (const item of items) yield verdictAnswer(score(item), settings);
}

/** A scored item as the reward API says it. */
export const verdictAnswer = (
  { measures, standing }: Scored,
  settings: Pick<VerifierSettings, 'formatReward'>,
): VerdictAnswer => ({
  reward: standing.reward ?? 0,
  accuracy: measures.accuracy ?? 0,
  format: standing.wellFormed ? settings.formatReward : 0,
  correct: standing.correct === true,
  well_formed: standing.wellFormed,
  consistency: standing.consistency,
  concluded: measures.concluded,
  repetition: measures.repetition,
  repetitive: standing.repetitive,
  length: standing.lengthClass,
  think_tokens: measures.thinkTokens,
  answer: measures.answer,
  reasons: Object.fromEntries(Object.entries(measures.reasons).map(([check, reason]) => [check, reason ?? ''])),
});

/** In the place of a verdict that the verifier failed to give, so that the others keep theirs. */
export const failedVerdict = (reason: string): VerdictAnswer => ({
  reward: 0,
  accuracy: 0,
  format: 0,
  correct: false,
  well_formed: false,
  consistency: 'undetermined',
  concluded: null,
  repetition: 0,
  repetitive: false,
  length: 'in_range',
  think_tokens: 0,
  answer: null,
  reasons: { accuracy: reason },
});

/** The answer for a batch of verdicts. */
export const rewardAnswer = (
  verdicts: readonly VerdictAnswer[],
  failures: readonly ItemFailure[] = [],
): RewardAnswer => ({
  rewards: verdicts.map(({ reward }) => reward),
  scores: verdicts.map(({ accuracy }) => accuracy),
  extra_logs: {
    accuracy: verdicts.map(({ accuracy }) => accuracy),
    format: verdicts.map(({ format }) => format),
    consistent: verdicts.map(({ consistency }) => Number(consistency === 'consistent')),
    inconsistent: verdicts.map(({ consistency }) => Number(consistency === 'inconsistent')),
    repetition: verdicts.map(({ repetition }) => repetition),
    think_tokens: verdicts.map(({ think_tokens }) => think_tokens),
  },
  verdicts: [...verdicts],
  failures: [...failures],
});
