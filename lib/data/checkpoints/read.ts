import 'server-only';
/** Checkpoints for the worker, which acts for its project. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { modelSchema } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';

const select = {
  id: true,
  runId: true,
  trainerId: true,
  jobId: true,
  stage: true,
  step: true,
  model: true,
  iteration: { select: { k: true } },
} as const;

const rowSchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  /** Where its weights lie; null when that trainer is forgotten. */
  trainerId: z.uuid().nullable(),
  jobId: z.uuid().nullable(),
  stage: z.enum(['base', 'activation', 'grpo', 'dpo']),
  step: z.int(),
  model: modelSchema,
  /** Null for the base of a run. */
  k: z.int().nullable(),
});
export type Checkpoint = Readonly<z.infer<typeof rowSchema>>;

const checkpointOf = <T extends { iteration: { k: number } | null }>({ iteration, ...row }: T): Checkpoint =>
  rowSchema.parse({ ...row, k: iteration?.k ?? null });

/** Throws `not_found`. */
export const getCheckpoint = async (projectId: string, id: string): Promise<Checkpoint> => {
  const row = await db.checkpoint.findFirst({ where: { id, projectId }, select });
  if (!row) throw new AppError('not_found', 'Checkpoint not found');
  return checkpointOf(row);
};

/** The final weights of a job; undefined when it has published none (yet). */
export const finalCheckpoint = async (projectId: string, jobId: string): Promise<Checkpoint | undefined> => {
  const row = await db.checkpoint.findFirst({
    where: { projectId, jobId },
    orderBy: [{ step: 'desc' }, { createdAt: 'desc' }],
    select,
  });
  return row ? checkpointOf(row) : undefined;
};
