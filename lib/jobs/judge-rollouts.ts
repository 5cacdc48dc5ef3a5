import 'server-only';
/** A judge over an iteration: what the rules left open, or a sample of all for a judge that only reports. */
import { notify } from '@/lib/data/events';
import { endLostCalls } from '@/lib/data/judges/ledger';
import {
  countOpen,
  countUnjudged,
  drawSample,
  type JudgedRollout,
  readOpen,
  readSampled,
} from '@/lib/data/judges/open-rollouts';
import { readWorkingJudge, type WorkingJudge } from '@/lib/data/judges/working';
import type { VerifyTarget } from '@/lib/data/verdicts/unverified';
import type { JudgeResult, JudgeScope } from '@/lib/domain/judge/job';
import { counted } from '@/lib/domain/text/counted';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { type BatchProgress, judgeBatch } from './judge-batch';

/** Screens follow at this pace. */
const PACE_MS = 3_000;

type Scoped = {
  readonly total: number;
  readonly rollouts: AsyncGenerator<JudgedRollout>;
  /** What has no judgement yet, counted again at the end. */
  readonly countLeft: () => Promise<number>;
};

const scopeOf = async (target: VerifyTarget, judgeId: string, scope: JudgeScope): Promise<Scoped> => {
  if (scope.kind === 'open') {
    const countLeft = () => countOpen(target, judgeId);
    return { total: await countLeft(), rollouts: readOpen(target, judgeId), countLeft };
  }
  const ids = await drawSample(target, scope.size, scope.seed);
  const countLeft = () => countUnjudged(target, judgeId, ids);
  return { total: await countLeft(), rollouts: readSampled(target, judgeId, ids), countLeft };
};

/** Why some are left, and how many. */
const leftSentence = (left: number, scope: JudgeScope, why: string): string => {
  const state = scope.kind === 'open' ? 'stay undetermined' : 'are not judged';
  return `${why} ${counted(left, 'rollout')} ${left === 1 ? state.replace(/^stay/, 'stays').replace(/^are/, 'is') : state}.`;
};

export type JudgeProgress = BatchProgress & { readonly total: number };

/**
 * Judges the iteration's rollouts of that scope that this judge has not judged. Standings follow where it is the judge
 * of the run's version. Resumable: what is judged is not asked again, and what is left is said in a sentence.
 *
 * @throws AppError `not_found` when the judge is gone, `conflict` when its key does not open
 */
export const judgeScope = async (
  target: VerifyTarget,
  judge: WorkingJudge,
  scope: JudgeScope,
  signal: AbortSignal,
  onProgress: (progress: JudgeProgress) => void,
): Promise<JudgeResult> => {
  const { projectId, runId, readingId, settings } = target;
  await endLostCalls(judge.id);
  const { total, rollouts, countLeft } = await scopeOf(target, judge.id, scope);
  const restand = settings.judgeId === judge.id;
  let toldAt = 0;
  const tell = (): void => {
    if (Date.now() - toldAt < PACE_MS) return;
    toldAt = Date.now();
    notify({ projectId, topic: 'judge', id: judge.id }).catch((error: unknown) =>
      log.debug({ err: error }, 'progress of a judge was not heard'),
    );
  };
  onProgress({ judged: 0, cached: 0, skipped: 0, tokens: 0, usd: 0, total });
  const outcome = await judgeBatch({
    judge,
    readingId,
    rollouts,
    restand,
    signal,
    onProgress: (progress) => {
      onProgress({ ...progress, total });
      tell();
    },
  });
  await notify({ projectId, topic: 'judge', id: judge.id });
  if (outcome.judged > 0) await notify({ projectId, topic: 'verdict', id: runId });
  const left = Math.max(0, (await countLeft()) - outcome.skipped);
  const { judged, cached, tokens, usd, sentence } = outcome;
  const why =
    left > 0 && !signal.aborted ? leftSentence(left, scope, sentence ?? 'Some came while it was judging.') : null;
  return { judgeId: judge.id, k: target.k, judged, cached, left, tokens, usd, sentence: why };
};

type Judged = { readonly judged: number; readonly left: number; readonly sentence: string | null };

/**
 * Asks the version's judge about the rollouts of the iteration that rules left undetermined and that it has not
 * judged. Never throws for a judge that is down, gone or out of budget: says so in `sentence`. Restands what it
 * decides. Resumable.
 */
export const judgeIteration = async (
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Judged> => {
  const { judgeId } = target.settings;
  if (judgeId === null) return { judged: 0, left: 0, sentence: null };
  try {
    const judge = await readWorkingJudge(target.projectId, judgeId);
    return await judgeScope(target, judge, { kind: 'open' }, signal, ({ judged, total }) => onProgress(judged, total));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const left = await countOpen(target, judgeId);
    return { judged: 0, left, sentence: left > 0 ? leftSentence(left, { kind: 'open' }, error.message) : null };
  }
};
