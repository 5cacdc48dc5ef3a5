/** One question as several slices answered it: the chains of each, ready to stand side by side. */
import { z } from 'zod';
import { samplerProfileSchema } from '@/lib/domain/frames/profile';
import { kindSchema } from '@/lib/domain/question';
import { groupChainSchema, questionViewSchema } from '@/lib/domain/rollouts/detail';
import { sliceSchema } from '@/lib/domain/slices/slice';

const count = z.int().nonnegative();

/** Slices that one page shows. */
export const MOST_COMPARED = 4;
/** Chains of a slice that one page shows; the list of rollouts has the others. */
export const MOST_CHAINS = 64;
/** Characters of a chain that are read; its own page has all. */
export const CHAIN_CHARS = 20_000;

export const comparedChainSchema = z.object({
  ...groupChainSchema.pick({
    id: true,
    sampleIndex: true,
    answer: true,
    thinkTokens: true,
    tokenSource: true,
    corrected: true,
    wellFormed: true,
    correct: true,
    consistency: true,
    repetitive: true,
    lengthClass: true,
    reward: true,
    response: true,
    frames: true,
    evidence: true,
  }).shape,
  /** Its place in its group in the order of sampling, from 1: the number that it goes by. */
  position: z.int().positive(),
  /** Whether `response` is only the beginning. */
  cut: z.boolean(),
});
export type ComparedChain = z.infer<typeof comparedChainSchema>;

/** One sampling of the question in a slice; a slice holds several when the question came up at several steps. */
export const comparedGroupSchema = z.object({ id: z.uuid(), step: z.int(), rollouts: count });
export type ComparedGroup = z.infer<typeof comparedGroupSchema>;

export const sliceChainsSchema = z.object({
  ...sliceSchema.shape,
  runName: z.string(),
  /** In the order of steps; empty when the slice was not asked this question. */
  groups: z.array(comparedGroupSchema),
  /** The group whose chains are here; null when there is none. */
  groupId: z.uuid().nullable(),
  /** How the run's model picked frames; null when nobody said. */
  sampler: samplerProfileSchema.nullable(),
  /** In the order of sampling, at most `MOST_CHAINS`. */
  chains: z.array(comparedChainSchema),
});
export type SliceChains = z.infer<typeof sliceChainsSchema>;

/** A slice that was asked the question, whether it is shown or not. */
export const askedSliceSchema = z.object({ ...sliceSchema.shape, runName: z.string(), rollouts: count });
export type AskedSlice = z.infer<typeof askedSliceSchema>;

export const questionComparisonSchema = z.object({
  question: questionViewSchema,
  kind: kindSchema,
  setName: z.string(),
  /** As asked for, in that order. */
  slices: z.array(sliceChainsSchema),
  /** Every slice that was asked the question, newest run first, then as the loop goes. */
  asked: z.array(askedSliceSchema),
});
export type QuestionComparison = z.infer<typeof questionComparisonSchema>;

/** The questions around this one in a list. */
export const questionWalkSchema = z.object({
  total: count,
  /** From 1; null when this question is not in the list. */
  position: z.int().positive().nullable(),
  previousId: z.uuid().nullable(),
  nextId: z.uuid().nullable(),
});
export type QuestionWalk = z.infer<typeof questionWalkSchema>;
