/** The work of a judge as a task: what is asked for, and what came of it. */
import { z } from 'zod';

/** Whose rollouts: `open` are those that the rules left undetermined, `sample` a drawn part of all. */
export const judgeScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  z.object({
    kind: z.literal('sample'),
    /** Null: all of them. */
    size: z.int().min(1).max(1_000_000).nullable(),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
]);
export type JudgeScope = z.infer<typeof judgeScopeSchema>;

/** How many rollouts a held-out judge reports on unless somebody says otherwise. */
export const DEFAULT_SAMPLE = 200;

export const judgePayloadSchema = z.object({ judgeId: z.uuid(), iterationId: z.uuid(), scope: judgeScopeSchema });

const count = z.int().nonnegative();

export const judgeResultSchema = z.object({
  judgeId: z.uuid(),
  k: z.int(),
  /** Rollouts judged, and those of them that cost nothing since the same words were judged before. */
  judged: count,
  cached: count,
  /** Rollouts that were asked for and have no judgement still. */
  left: count,
  /** What the requests of this work cost. */
  tokens: count,
  usd: z.number(),
  /** Why some are left; null when none is. */
  sentence: z.string().nullable(),
});
export type JudgeResult = z.infer<typeof judgeResultSchema>;
