import 'server-only';
/** Proposing the pairs of an iteration again, after its verdicts changed. */
import { requireHandsFree } from '@/lib/data/gates/hands';
import { readLastProposal } from '@/lib/data/pairs/last-proposal';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import type { Viewer } from '@/lib/data/viewer';
import { proposalTitle } from './propose-pairs';
import { createTask } from './queue';

/**
 * Queues the proposal as it was made last, where the iteration has pairs; undefined where it has none, since nobody
 * asked for any yet. Throws as `queueProposal`.
 */
export const queueAgain = async (viewer: Viewer, iterationId: string): Promise<string | undefined> => {
  const last = await readLastProposal(viewer, iterationId);
  if (!last) return undefined;
  await requireHandsFree(viewer, iterationId, 'propose');
  const target = await getProposalTarget(viewer, iterationId);
  return createTask({
    projectId: target.projectId,
    kind: 'propose',
    title: proposalTitle(target),
    payload: { iterationId, seed: last.seed, settings: { ...last.settings } },
    unit: 'questions',
    createdBy: viewer.userId,
  });
};
