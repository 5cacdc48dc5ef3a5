/** Two verifier versions on one run, side by side: what would come out otherwise. Crosses HTTP. */
import { z } from 'zod';
import { pairStateSchema, pairTypeSchema } from '@/lib/domain/pair';
import { flipViewSchema } from './what-if/view';

const count = z.int().nonnegative();

/** Examples of each kind that are listed. */
export const MOST_LISTED = 20;

const pairExampleSchema = z.object({
  /** Null for a pair that would be proposed and is not there. */
  id: z.uuid().nullable(),
  groupId: z.uuid(),
  type: pairTypeSchema,
  state: pairStateSchema.nullable(),
  /** Why it holds no longer, or why it would be proposed. */
  why: z.string(),
});
export type PairExample = z.infer<typeof pairExampleSchema>;
const pairListSchema = z.object({ count, examples: z.array(pairExampleSchema) });
export type PairList = z.infer<typeof pairListSchema>;

export const comparisonSchema = z.object({
  from: count,
  to: count,
  /** Rollouts with measures of both versions, and those of them that would stand otherwise. */
  compared: count,
  flipped: count,
  /** Rollouts that the version has no measures of: the other one, or nobody, has read them. */
  missing: z.object({ from: count, to: count }),
  flips: z.array(flipViewSchema),
  pairs: z.object({
    /** Decided or skipped, and their rule holds under `from` alone. */
    stale: pairListSchema,
    /** The other way: stale under `from`, and their rule holds under `to`. */
    fresh: pairListSchema,
    /** Untouched, and their rule holds under `from` alone: proposing again would withdraw them. */
    go: pairListSchema,
    /** What proposing again would add; null where that is not tried, and why. */
    come: pairListSchema.nullable(),
    comeSays: z.string().nullable(),
  }),
});
export type Comparison = z.infer<typeof comparisonSchema>;
