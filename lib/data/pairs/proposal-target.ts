import 'server-only';
import { db } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

export type ProposalTarget = {
  readonly projectId: string;
  readonly runId: string;
  readonly runName: string;
  readonly iterationId: string;
  readonly k: number;
  readonly verifierVersionId: string;
};

const targetSelect = {
  id: true,
  k: true,
  projectId: true,
  run: { select: { id: true, name: true, verifierVersionId: true } },
} as const;

/**
 * The iteration to propose for. Throws `not_found` for foreign iterations and for viewers who may not propose,
 * `conflict` when no rollout of it has been verified that pairs may come from.
 */
export const getProposalTarget = async (viewer: Viewer, iterationId: string): Promise<ProposalTarget> => {
  const row = await db.iteration.findFirst({
    where: { id: iterationId, ...visibleTo(viewer, engineers) },
    select: targetSelect,
  });
  if (!row) throw new AppError('not_found', 'Iteration not found, or your role does not allow proposing pairs');
  const verified = await db.rollout.findFirst({
    where: { iterationId, wellFormed: { not: null }, stage: { not: 'eval' }, ...visibleTo(viewer) },
    select: { id: true },
  });
  if (!verified) {
    throw new AppError(
      'conflict',
      'Pairs need verified rollouts that are no evaluation, and this iteration has none yet: verify it first',
    );
  }
  const { id, k, projectId, run } = row;
  return { projectId, runId: run.id, runName: run.name, iterationId: id, k, verifierVersionId: run.verifierVersionId };
};
