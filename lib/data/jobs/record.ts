import 'server-only';
/** A job's row as the loop works with it. Screens get `Job` of lib/domain/job.ts instead. */
import { z } from 'zod';
import { jobStageSchema } from '@/lib/domain/job';
import { jobOrderSchema } from '@/lib/domain/loop/job-order';
import { jobKindSchema, jobStateSchema } from '@/lib/domain/trainer/names';

export const recordSelect = {
  id: true,
  projectId: true,
  iterationId: true,
  trainerId: true,
  checkpointId: true,
  pairSetId: true,
  kind: true,
  stage: true,
  state: true,
  attempt: true,
  error: true,
  lastEventSeq: true,
  resumeRequested: true,
  settings: true,
  iteration: { select: { runId: true, createdBy: true } },
} as const;

const rowSchema = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  iterationId: z.uuid(),
  trainerId: z.uuid().nullable(),
  /** The weights that it starts from. */
  checkpointId: z.uuid().nullable(),
  /** The frozen set that DPO learns from. */
  pairSetId: z.uuid().nullable(),
  kind: jobKindSchema,
  stage: jobStageSchema,
  state: jobStateSchema,
  attempt: z.int(),
  error: z.string().nullable(),
  /** Of the last event stored. */
  lastEventSeq: z.bigint().transform(Number),
  resumeRequested: z.boolean(),
  order: jobOrderSchema,
  runId: z.uuid(),
  /** In whose name the loop acts; null when they are gone. */
  createdBy: z.string().nullable(),
});
export type JobRecord = Readonly<z.infer<typeof rowSchema>>;

type Row = { readonly settings: unknown; readonly iteration: { runId: string; createdBy: string | null } };

/** Parses a row of `recordSelect`. */
export const recordOf = <T extends Row>({ settings, iteration, ...row }: T): JobRecord =>
  rowSchema.parse({ ...row, ...iteration, order: settings });
