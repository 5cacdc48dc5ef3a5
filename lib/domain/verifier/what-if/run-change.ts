import { z } from 'zod';

/** What moving a run to another version would come to. */
export const runChangeSchema = z.object({
  /** The version reads otherwise, or by another judge: what comes of it shows when it has read. */
  reads: z.boolean(),
  rollouts: z.int(),
  /** Rollouts whose standing would change; null when they are read anew. */
  flipped: z.int().nullable(),
  /** The run has pairs: they are proposed again. */
  pairs: z.int(),
  /** Pairs as proposed whose rule would no longer hold; null when rollouts are read anew. */
  stale: z.object({ decided: z.int(), undecided: z.int() }).nullable(),
});
export type RunChange = z.infer<typeof runChangeSchema>;
