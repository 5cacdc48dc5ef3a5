import 'server-only';
/** Proposing done by the calling process, with a task that the screens show like any other. */
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposalResultSchema } from '@/lib/data/pairs/propose';
import { findIterationByName } from '@/lib/data/runs/find-iteration';
import type { Viewer } from '@/lib/data/viewer';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { AppError } from '@/lib/errors';
import { performNow } from './perform-now';
import { proposalTitle, proposePairsJob } from './propose-pairs';

export type ProposeNow = { readonly run: string; readonly k: number | undefined; readonly seed: number };

/** Proposes the pairs of a run's iteration, the latest without `k`. Throws `not_found` for unknown or foreign runs. */
export const proposeNow = async (viewer: Viewer, { run, k, seed }: ProposeNow, note: (text: string) => void) => {
  const target = await getProposalTarget(viewer, await findIterationByName(viewer, run, k));
  const ended = await performNow(
    viewer,
    proposePairsJob,
    {
      projectId: target.projectId,
      kind: 'propose',
      title: proposalTitle(target),
      payload: { iterationId: target.iterationId, seed, settings: { ...defaultPairSettings }, door: 'command' },
      unit: 'questions',
    },
    note,
  );
  if (ended.state !== 'done') throw new AppError('unavailable', ended.error ?? 'Proposing was cancelled; run it again');
  return { k: target.k, ...proposalResultSchema.parse(ended.result) };
};
