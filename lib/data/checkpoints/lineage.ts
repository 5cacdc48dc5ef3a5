import 'server-only';
/** Where the weights and the pairs of a run came from. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { type Lineage, lineageSchema } from '@/lib/domain/lineage';
import { modelSchema } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';

const MAX_ROWS = 1_000;
const bytesSchema = z
  .bigint()
  .nullable()
  .transform((bytes) => (bytes === null ? null : Number(bytes)));

/** Checkpoints, jobs and frozen sets of a run, oldest first, at most 1,000 each. Throws `not_found` for foreign runs too. */
export const getLineage = async (viewer: Viewer, runId: string): Promise<Lineage> => {
  const run = await db.run.findFirst({ where: { id: runId, ...visibleTo(viewer) }, select: { id: true } });
  if (!run) throw new AppError('not_found', 'Run not found');
  const iteration = { select: { k: true } };
  const [checkpoints, jobs, pairSets] = await Promise.all([
    db.checkpoint.findMany({
      where: { runId, ...visibleTo(viewer) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: MAX_ROWS,
      select: { id: true, stage: true, model: true, iteration, step: true, bytes: true, parentId: true, jobId: true },
    }),
    db.job.findMany({
      where: { iteration: { runId }, ...visibleTo(viewer) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: MAX_ROWS,
      select: {
        id: true,
        iterationId: true,
        iteration,
        kind: true,
        stage: true,
        state: true,
        checkpointId: true,
        pairSetId: true,
        rollouts: true,
      },
    }),
    db.pairSet.findMany({
      where: { runId, ...visibleTo(viewer) },
      orderBy: { number: 'asc' },
      take: MAX_ROWS,
      select: { id: true, number: true, pairCount: true, iteration, iterationId: true },
    }),
  ]);
  return lineageSchema.parse({
    checkpoints: checkpoints.map(({ model, iteration: made, bytes, ...row }) => ({
      ...row,
      name: modelSchema.parse(model).name,
      k: made?.k ?? null,
      bytes: bytesSchema.parse(bytes),
    })),
    jobs: jobs.map(({ iteration: { k }, ...row }) => ({ ...row, k })),
    pairSets: pairSets.map(({ iteration: { k }, ...row }) => ({ ...row, k })),
  });
};
