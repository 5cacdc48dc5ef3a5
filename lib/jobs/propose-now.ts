import 'server-only';
/** Proposing done by the calling process, with a task that the screens show like any other. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { findIterationByName, getProposalTarget, proposalResultSchema } from '@/lib/data/pairs/propose';
import { getTask } from '@/lib/data/tasks/read';
import type { Viewer } from '@/lib/data/viewer';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { AppError } from '@/lib/errors';
import { proposalTitle, proposePairsJob } from './propose-pairs';

const NOTE_MS = 500;

export type ProposeNow = { readonly run: string; readonly k: number | undefined; readonly seed: number };

/** Proposes the pairs of a run's iteration, the latest without `k`. Throws `not_found` for unknown or foreign runs. */
export const proposeNow = async (viewer: Viewer, { run, k, seed }: ProposeNow, note: (text: string) => void) => {
  const target = await getProposalTarget(viewer, await findIterationByName(viewer, run, k));
  const { id } = await db.task.create({
    data: {
      id: randomUUID(),
      projectId: target.projectId,
      kind: 'propose',
      title: proposalTitle(target),
      payload: { iterationId: target.iterationId, seed, settings: { ...defaultPairSettings }, door: 'command' },
      unit: 'questions',
      createdBy: viewer.userId,
    },
    select: { id: true },
  });
  const timer = setInterval(() => {
    getTask(viewer, id).then(
      ({ done, total }) => note(`${done} of ${total ?? '?'}`),
      () => note('progress unknown'), // the job itself reports what is wrong
    );
  }, NOTE_MS);
  try {
    await proposePairsJob.perform(id, new AbortController().signal);
  } finally {
    clearInterval(timer);
  }
  const ended = await getTask(viewer, id);
  if (ended.state !== 'done') throw new AppError('unavailable', ended.error ?? 'Proposing was cancelled; run it again');
  return { k: target.k, ...proposalResultSchema.parse(ended.result) };
};
