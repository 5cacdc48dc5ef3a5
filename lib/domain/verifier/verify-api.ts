/** What the verify API answers: whole verdicts, with the spans that they point at. */
import { z } from 'zod';
import { tokenCountSourceSchema } from '@/lib/domain/rollout';
import { checkSchema, consistencySchema, evidenceRoles, lengthClassSchema } from '@/lib/domain/verdict';
import { failureSchema } from './reward-api';
import type { Scored } from './score-item';

/** A loop of a hostile text is as long as the text: the offsets say it all, and a reader needs no more than this. */
const MAX_QUOTE = 300;

const evidenceAnswerSchema = z.object({
  check: checkSchema,
  role: z.enum(evidenceRoles),
  start: z.int().nonnegative().describe('Offset into the response in UTF-16 code units'),
  end: z.int().nonnegative(),
  quote: z.string().describe(`What stands there; at most ${MAX_QUOTE} code units of it`),
});

export const wholeVerdictSchema = z.object({
  reward: z.number().nullable().describe('r_a + r_f; null without a truth'),
  accuracy: z.number().nullable(),
  correct: z.boolean().nullable(),
  well_formed: z.boolean(),
  cut_off: z.boolean(),
  consistency: consistencySchema,
  concluded: z.string().nullable().describe('What the thinking concludes; null where the rules found no one thing'),
  repetition: z.number(),
  repetitive: z.boolean(),
  length: lengthClassSchema,
  think_tokens: z.int().nonnegative(),
  token_source: tokenCountSourceSchema,
  answer: z.string().nullable(),
  reasons: z.record(z.string(), z.string()).describe('By check, one sentence that says why'),
  evidence: z.array(evidenceAnswerSchema),
});
export type WholeVerdict = z.infer<typeof wholeVerdictSchema>;

export const verifyAnswerSchema = z.object({
  rules: z.int().positive().describe('Number of the rule set'),
  verdicts: z.array(wholeVerdictSchema.nullable()).describe('In the order of the items; null where one failed'),
  failures: z.array(failureSchema),
});
export type VerifyAnswer = z.infer<typeof verifyAnswerSchema>;

/** A scored item as the verify API says it; `response` is the text that its spans point into. */
export const wholeVerdict = ({ measures, standing }: Scored, response: string): WholeVerdict => ({
  reward: standing.reward,
  accuracy: measures.accuracy,
  correct: standing.correct,
  well_formed: standing.wellFormed,
  cut_off: measures.cutOff,
  consistency: standing.consistency,
  concluded: measures.concluded,
  repetition: measures.repetition,
  repetitive: standing.repetitive,
  length: standing.lengthClass,
  think_tokens: measures.thinkTokens,
  token_source: measures.tokenSource,
  answer: measures.answer,
  reasons: Object.fromEntries(Object.entries(measures.reasons).map(([check, reason]) => [check, reason ?? ''])),
  evidence: measures.evidence.map(({ check, role, start, end }) => ({
    check,
    role,
    start,
    end,
    quote: response.slice(start, Math.min(end, start + MAX_QUOTE)).toWellFormed(), // half a pair is no JSON elsewhere
  })),
});
