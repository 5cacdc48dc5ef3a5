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

/**
 * The weights that a run goes on from: of its latest iteration, DPO over GRPO, of jobs that succeeded and that no
 * other took the place of; else its base. Undefined when the run has none.
 */
export const newestCheckpoint = async (projectId: string, runId: string): Promise<Checkpoint | undefined> => {
  const rows = await db.checkpoint.findMany({
    where: {
      projectId,
      runId,
      OR: [{ jobId: null }, { job: { state: 'succeeded', supersededAt: null } }],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 1_000,
    select,
  });
  const rank = { base: 0, activation: 1, grpo: 1, dpo: 2 } as const;
  const [newest] = rows
    .map(checkpointOf)
    .sort((a, b) => (b.k ?? -1) - (a.k ?? -1) || rank[b.stage] - rank[a.stage] || b.step - a.step);
  return newest;
};
