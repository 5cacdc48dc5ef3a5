import 'server-only';
/** The judge's part of a verification: what the rules left open, and a task to take up again where some is left. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { readVerifyTarget, type VerifyTarget } from '@/lib/data/verdicts/unverified';
import type { Viewer } from '@/lib/data/viewer';
import { judgeTitle } from './judge-iteration';
import { judgeIteration } from './judge-rollouts';

const OPEN = { kind: 'open' } as const;

/** Says on every screen what a judge left open, as a task that failed: resuming it asks the judge again. */
const sayLeft = async ({ projectId, iterationId, k, settings }: VerifyTarget, userId: string, sentence: string) => {
  const { judgeId } = settings;
  if (judgeId === null) return;
  const payload = { judgeId, iterationId, scope: OPEN };
  const same = { projectId, kind: 'judge', payload: { equals: payload } };
  if (await db.task.findFirst({ where: { ...same, state: { in: ['queued', 'running'] } } })) return; // it says so itself
  const failed = { state: 'failed', error: sentence, finishedAt: new Date() };
  const told = await db.task.updateMany({ where: { ...same, state: 'failed' }, data: failed });
  if (told.count === 0) {
    const iteration = await db.iteration.findUnique({
      where: { id: iterationId },
      select: { run: { select: { name: true } } },
    });
    const judge = await db.judge.findUnique({ where: { id: judgeId }, select: { name: true } });
    const title = judgeTitle(OPEN, judge?.name ?? 'a judge', iteration?.run.name ?? '', k);
    const task = { id: randomUUID(), projectId, kind: 'judge', title, payload, unit: 'rollouts', createdBy: userId };
    await db.task.create({ data: { ...task, ...failed } });
  }
  await notify({ projectId, topic: 'task', id: iterationId });
};

/** Takes back what was said of this iteration's judge. */
const unsayLeft = async ({ projectId, iterationId, settings: { judgeId } }: VerifyTarget): Promise<void> => {
  if (judgeId === null) return;
  const payload = { judgeId, iterationId, scope: OPEN };
  const { count } = await db.task.updateMany({
    where: { projectId, kind: 'judge', state: 'failed', payload: { equals: payload } },
    data: { state: 'done', error: null },
  });
  if (count > 0) await notify({ projectId, topic: 'task', id: iterationId });
};

/**
 * Asks the judge of the run's version, if it names one, about what the rules left open. A judge that is down or out of
 * budget fails nothing: the rest stays undetermined, and a task says so. Stops when the signal aborts.
 */
export const judgeOpen = async (
  { projectId, iterationId }: Pick<VerifyTarget, 'projectId' | 'iterationId'>,
  viewer: Viewer,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<{ readonly judged: number; readonly left: number; readonly sentence: string | null }> => {
  const target = await readVerifyTarget(projectId, iterationId);
  const outcome = await judgeIteration(target, signal, onProgress);
  if (outcome.sentence !== null) await sayLeft(target, viewer.userId, outcome.sentence);
  else if (!signal.aborted) await unsayLeft(target);
  return outcome;
};
