import 'server-only';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type SamplerProfile, samplerProfileSchema } from '@/lib/domain/frames/profile';
import { AppError } from '@/lib/errors';
import { Prisma } from '@/prisma/generated/client';

/**
 * Says by which rule a run's model picked its frames; null takes it back. Rollouts that stored their frames keep them.
 *
 * @throws AppError `not_found` for foreign runs, and for reviewers.
 */
export const setRunSampler = async (viewer: Viewer, runId: string, sampler: SamplerProfile | null): Promise<void> => {
  const mine = { id: runId, ...visibleTo(viewer, engineers) };
  const run = await db.run.findFirst({ where: mine, select: { projectId: true } });
  if (!run) throw new AppError('not_found', 'Run not found, or your role does not allow this');
  const stored = sampler === null ? Prisma.DbNull : samplerProfileSchema.parse(sampler);
  await db.run.updateMany({ where: mine, data: { sampler: stored } });
  // The frames beside every rollout of the run change with it.
  await notify({ projectId: run.projectId, topic: 'verdict', id: runId });
};
