/**
 * Verdicts: what the verifier found in one rollout.
 *
 * Two steps on purpose. `Measures` hold scores and evidence and depend on the text alone; `Standing` is what they
 * mean under the thresholds of a verifier version. Moving a threshold re-decides an iteration from stored
 * measures without reading a text again.
 */
import { z } from 'zod';
import { tokenCountSourceSchema } from './rollout';

export const checks = ['format', 'accuracy', 'consistency', 'repetition', 'length'] as const;
export const checkSchema = z.enum(checks);
export type Check = z.infer<typeof checkSchema>;

export const consistencies = ['consistent', 'inconsistent', 'undetermined'] as const;
export const consistencySchema = z.enum(consistencies);
export type Consistency = z.infer<typeof consistencySchema>;

export const lengthClasses = ['too_short', 'in_range', 'too_long', 'cut_off'] as const;
export const lengthClassSchema = z.enum(lengthClasses);
export type LengthClass = z.infer<typeof lengthClassSchema>;

/**
 * A span of the response that a check points at. `start` and `end` are UTF-16 offsets into the whole response
 * (`response.slice(start, end)` is the quoted text), so that evidence can never quote what is not there.
 */
export const evidenceRoles = ['conclusion', 'contradiction', 'answer', 'repeat', 'loop', 'malformed', 'cut'] as const;
export const evidenceSchema = z.object({
  check: checkSchema,
  role: z.enum(evidenceRoles),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What reading one response gave. Independent of thresholds; stored per verifier version. */
export const measuresSchema = z.object({
  /** Exactly one think block then one answer block, nothing but space around. */
  wellFormed: z.boolean(),
  /** The thinking or the answer never closed, or sampling stopped at the token limit. */
  cutOff: z.boolean(),
  /** Extracted answer `a`, trimmed; null when the response has none. */
  answer: z.string().nullable(),
  /** `r_a` in [0, 1]; null when the question has no truth to compare with. */
  accuracy: z.number().min(0).max(1).nullable(),
  consistency: consistencySchema,
  /** What the thinking concludes, normalised like an answer; null when no rule found one conclusion. */
  concluded: z.string().nullable(),
  /** Share of repeated tokens in [0, 1]; higher is worse. */
  repetition: z.number().min(0).max(1),
  /** Tokens of the thinking `r`. */
  thinkTokens: z.int().nonnegative(),
  tokenSource: tokenCountSourceSchema,
  evidence: z.array(evidenceSchema),
  /** One sentence per check that says why, for people. */
  reasons: z.partialRecord(checkSchema, z.string()),
});
export type Measures = z.infer<typeof measuresSchema>;

/** What the measures mean under one verifier version, human corrections not yet applied. */
export const standingSchema = z.object({
  wellFormed: z.boolean(),
  /** Null when the question has no truth. */
  correct: z.boolean().nullable(),
  consistency: consistencySchema,
  repetitive: z.boolean(),
  lengthClass: lengthClassSchema,
  /** `r = r_a + r_f`, r_f in {0, 0.5}; null when `correct` is. */
  reward: z.number().nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

/** Good = correct, well formed, consistent, not repetitive, not cut off: the only chains a pair may choose. */
export const isGood = (standing: Standing): boolean =>
  standing.correct === true &&
  standing.wellFormed &&
  standing.consistency === 'consistent' &&
  !standing.repetitive &&
  standing.lengthClass !== 'cut_off';
