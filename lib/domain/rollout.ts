/** Rollouts: one sampled response to one question, and where in the loop it was sampled. */
import { z } from 'zod';

export const stages = ['activation', 'grpo', 'verify', 'curate', 'dpo', 'eval'] as const;
export const stageSchema = z.enum(stages);
export type Stage = z.infer<typeof stageSchema>;

/** Why sampling ended: `length` means that the token limit cut the response off. */
export const finishReasons = ['stop', 'length', 'unknown'] as const;
export const finishReasonSchema = z.enum(finishReasons);
export type FinishReason = z.infer<typeof finishReasonSchema>;

/** Where a token count comes from; an estimate is always labelled as one. */
export const tokenCountSources = ['trainer', 'tokenizer', 'estimate'] as const;
export const tokenCountSourceSchema = z.enum(tokenCountSources);
export type TokenCountSource = z.infer<typeof tokenCountSourceSchema>;
