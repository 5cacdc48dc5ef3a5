/** Where weights and pairs came from: checkpoint → GRPO → rollouts → pair set → DPO → checkpoint, over a run. */
import { z } from 'zod';
import { jobStageSchema } from './job';
import { jobKindSchema, jobStateSchema } from './trainer/names';

const count = z.int().nonnegative();

export const lineageSchema = z.object({
  checkpoints: z.array(
    z.object({
      id: z.uuid(),
      stage: z.enum(['base', 'activation', 'grpo', 'dpo']),
      name: z.string(),
      k: count.nullable(),
      step: count,
      bytes: z.number().nullable(),
      parentId: z.uuid().nullable(),
      /** The job that made it. */
      jobId: z.uuid().nullable(),
    }),
  ),
  jobs: z.array(
    z.object({
      id: z.uuid(),
      iterationId: z.uuid(),
      k: count,
      kind: jobKindSchema,
      stage: jobStageSchema,
      state: jobStateSchema,
      /** The weights it started from. */
      checkpointId: z.uuid().nullable(),
      pairSetId: z.uuid().nullable(),
      rollouts: count,
    }),
  ),
  pairSets: z.array(z.object({ id: z.uuid(), number: count, pairCount: count, k: count, iterationId: z.uuid() })),
});
export type Lineage = z.infer<typeof lineageSchema>;
