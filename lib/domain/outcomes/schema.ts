/** What a run came to, as its panels below the curves read it: one answer for all of them. */
import { z } from 'zod';
import { costsSchema } from './cost';
import { decisionsSchema } from './decision';
import { pairYieldsSchema } from './pair-yield';
import { sliceQuadrantSchema } from './quadrant';

export const outcomesSchema = z.object({
  runId: z.uuid(),
  /** In the order of the loop: by iteration, then by stage. */
  quadrants: z.array(sliceQuadrantSchema),
  pairs: pairYieldsSchema,
  decisions: decisionsSchema,
  costs: costsSchema,
});
export type Outcomes = z.infer<typeof outcomesSchema>;
