import { z } from 'zod';

/** A run with verified rollouts, and its iterations that have some. */
export const scoredRunSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The version that the run stands on. */
  versionId: z.uuid(),
  iterations: z.array(z.object({ id: z.uuid(), k: z.int() })),
});
export type ScoredRun = z.infer<typeof scoredRunSchema>;
