import 'server-only';
import { requireHandsFree } from '@/lib/data/gates/hands';
import { getProposalTarget, type ProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs, proposePayloadSchema } from '@/lib/data/pairs/propose';
import type { Viewer } from '@/lib/data/viewer';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { defineJob } from './define-job';
import { createTask } from './queue';
import { queueNames } from './queue-names';

/** Proposes the pairs of one iteration. Killed and called again, it adds what is missing. */
export const proposePairsJob = defineJob({
  name: queueNames.propose,
  payload: proposePayloadSchema,
  concurrency: 1,
  run: async ({ iterationId, seed, settings }, { task, signal, report }) => {
    // Again: the loop may have taken the iteration up since this was queued.
    await requireHandsFree(task.viewer, iterationId, 'propose');
    const target = await getProposalTarget(task.viewer, iterationId);
    return proposeIterationPairs(target, settings, seed, {
      signal,
      onProgress: (done, total) => report({ done, total }),
    });
  },
});

/** `Propose pairs for NAME, iteration 0` */
export const proposalTitle = ({ runName, k }: ProposalTarget): string => `Propose pairs for ${runName}, iteration ${k}`;

/**
 * Queues the proposal for an iteration and returns its task's id. Throws `not_found` for foreign iterations,
 * `conflict` when nothing of it is verified, or the loop is about to propose itself.
 */
export const queueProposal = async (viewer: Viewer, iterationId: string, seed: number): Promise<string> => {
  await requireHandsFree(viewer, iterationId, 'propose');
  const target = await getProposalTarget(viewer, iterationId);
  return createTask({
    projectId: target.projectId,
    kind: 'propose',
    title: proposalTitle(target),
    payload: { iterationId, seed, settings: { ...defaultPairSettings } },
    unit: 'questions',
    createdBy: viewer.userId,
  });
};
