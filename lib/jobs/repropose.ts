import 'server-only';
/** Proposing the pairs of an iteration again, after its verdicts changed. */
import { requireHandsFree } from '@/lib/data/gates/hands';
import { readLastProposal } from '@/lib/data/pairs/last-proposal';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { type ProposalResult, proposalResultSchema } from '@/lib/data/pairs/propose';
import type { Viewer } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { performNow } from './perform-now';
import { proposalTitle, proposePairsJob } from './propose-pairs';
import { createTask, type NewTask } from './queue';

/**
 * The proposal as it was made last, as a task to be; undefined where the iteration has no pairs, since nobody asked for
 * any yet, and where the loop has taken it up and proposes itself.
 */
const againOf = async (viewer: Viewer, iterationId: string): Promise<Omit<NewTask, 'createdBy'> | undefined> => {
  const last = await readLastProposal(viewer, iterationId);
  if (!last || (await isHeld(viewer, iterationId))) return undefined;
  const target = await getProposalTarget(viewer, iterationId);
  return {
    projectId: target.projectId,
    kind: 'propose',
    title: proposalTitle(target),
    payload: { iterationId, seed: last.seed, settings: { ...last.settings } },
    unit: 'questions',
  };
};

const isHeld = async (viewer: Viewer, iterationId: string): Promise<boolean> => {
  try {
    await requireHandsFree(viewer, iterationId, 'propose');
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return true;
    throw error;
  }
};

/** Queues it and returns its task's id; undefined where there is nothing to propose again. */
export const queueAgain = async (viewer: Viewer, iterationId: string): Promise<string | undefined> => {
  const task = await againOf(viewer, iterationId);
  return task && createTask({ ...task, createdBy: viewer.userId });
};

/** Does it in this process; undefined where there is nothing to propose again. Throws when it was cancelled or failed. */
export const proposeAgainNow = async (
  viewer: Viewer,
  iterationId: string,
  note: (text: string) => void,
): Promise<ProposalResult | undefined> => {
  const task = await againOf(viewer, iterationId);
  if (!task) return undefined;
  const payload = { ...task.payload, door: 'command' };
  const ended = await performNow(viewer, proposePairsJob, { ...task, payload }, note);
  if (ended.state !== 'done') throw new AppError('unavailable', ended.error ?? 'Proposing was cancelled; run it again');
  return proposalResultSchema.parse(ended.result);
};
