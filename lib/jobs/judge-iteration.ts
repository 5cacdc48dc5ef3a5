import 'server-only';
/** The work of a judge that people ask for, as a task. */
import { db } from '@/lib/data/db';
import { readWorkingJudge } from '@/lib/data/judges/working';
import { readVerifyTarget } from '@/lib/data/verdicts/unverified';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type JudgeScope, judgePayloadSchema } from '@/lib/domain/judge/job';
import { AppError } from '@/lib/errors';
import { defineJob } from './define-job';
import { judgeScope } from './judge-rollouts';
import { createTask } from './queue';
import { queueNames } from './queue-names';

/** Judges; what is left at the end is said as its failure, so that it can be taken up again. */
export const judgeJob = defineJob({
  name: queueNames.judge,
  payload: judgePayloadSchema,
  concurrency: 2,
  run: async ({ judgeId, iterationId, scope }, { task, signal, report }) => {
    const target = await readVerifyTarget(task.projectId, iterationId);
    const judge = await readWorkingJudge(task.projectId, judgeId);
    if (scope.kind === 'open' && target.settings.judgeId !== judgeId) {
      throw new AppError('conflict', `The run stands on a version that does not name ${judge.name} any more.`);
    }
    const result = await judgeScope(target, judge, scope, signal, ({ judged, skipped, total, tokens, usd, cached }) =>
      report({ done: judged + skipped, total, result: { judged, cached, tokens, usd } }),
    );
    if (result.sentence !== null) throw new AppError('unavailable', result.sentence);
    return { state: signal.aborted ? 'cancelled' : 'done', result };
  },
});

type Wanted = {
  readonly judgeId: string;
  readonly runId: string;
  readonly iterationId: string | null;
  readonly scope: JudgeScope;
};

/** `Judge what is open of NAME, iteration 0, with JUDGE` */
export const judgeTitle = (scope: JudgeScope, judge: string, run: string, k: number): string =>
  scope.kind === 'open'
    ? `Judge what is open of ${run}, iteration ${k}, with ${judge}`
    : `Report of ${judge} on ${run}, iteration ${k}`;

/**
 * Queues a judge's work on one iteration of a run, or on each; the tasks' ids, oldest iteration first.
 *
 * @throws AppError `not_found` for foreign runs and judges, `conflict` where the run's version does not name the judge
 *   that is to decide, or nothing is verified yet.
 */
export const queueJudging = async (
  viewer: Viewer,
  { judgeId, runId, iterationId, scope }: Wanted,
): Promise<string[]> => {
  const mine = visibleTo(viewer, engineers);
  const judge = await db.judge.findFirst({ where: { id: judgeId, ...mine }, select: { name: true, projectId: true } });
  if (!judge) throw new AppError('not_found', 'Judge not found, or your role does not allow asking it');
  const iterations = await db.iteration.findMany({
    where: {
      runId,
      ...(iterationId ? { id: iterationId } : {}),
      projectId: judge.projectId,
      rollouts: { some: {} },
      ...mine,
    },
    orderBy: { k: 'asc' },
    take: 1_000,
    select: { id: true, k: true, run: { select: { name: true, verifierVersion: { select: { judgeId: true } } } } },
  });
  const [first] = iterations;
  if (!first) throw new AppError('not_found', 'There are no rollouts here to judge');
  if (scope.kind === 'open' && first.run.verifierVersion.judgeId !== judgeId) {
    throw new AppError(
      'conflict',
      `${first.run.name} stands on a version that does not name ${judge.name}: use it in a new version first.`,
    );
  }
  const ids: string[] = [];
  for (const { id, k, run } of iterations) {
    ids.push(
      await createTask({
        projectId: judge.projectId,
        kind: 'judge',
        title: judgeTitle(scope, judge.name, run.name, k),
        payload: { judgeId, iterationId: id, scope },
        unit: 'rollouts',
        createdBy: viewer.userId,
      }),
    );
  }
  return ids;
};
