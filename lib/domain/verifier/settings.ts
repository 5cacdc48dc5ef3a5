/** The thresholds and rules of a verifier version. A saved version never changes: a new one gets a new number. */
import { z } from 'zod';

/** What measures depend on. */
export const readingShape = {
  /** Tokens in one n-gram of the repetition check. */
  repetitionNgram: z.int().min(2).max(64).default(12),
  /** sha256 of the `tokenizer.json` that counts where the trainer did not; null estimates. */
  tokenizer: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
};

export const verifierSettingsSchema = z
  .object({
    /** Correct means an accuracy score of at least this. 1 for exact kinds; regression scores are fractional. */
    minAccuracy: z.number().min(0).max(1).default(1),
    /** For `regression`, `ocr` and `text`, whose scores are rarely exactly 1. */
    minAccuracyGraded: z.number().min(0).max(1).default(0.5),
    /** Repetitive means a repetition score above this. */
    maxRepetition: z.number().min(0).max(1).default(0.3),
    /** Thinking shorter than this many tokens is too short. */
    minThinkTokens: z.int().nonnegative().default(16),
    /** Thinking longer than this many tokens is too long. */
    maxThinkTokens: z.int().positive().default(4096),
    /** `r_f` of a well-formed response. */
    formatReward: z.number().min(0).max(1).default(0.5),
    ...readingShape,
    /** The judge that decides consistency where the rules leave it undetermined; null leaves it so. */
    judgeId: z.uuid().nullable().default(null),
  })
  .refine((settings) => settings.minThinkTokens < settings.maxThinkTokens, {
    message: 'The shortest thinking in range must be below the longest',
    path: ['minThinkTokens'],
  });
export type VerifierSettings = z.infer<typeof verifierSettingsSchema>;

export const defaultVerifierSettings: VerifierSettings = verifierSettingsSchema.parse({});
