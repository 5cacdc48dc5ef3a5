import 'server-only';
/** What a step does with a job and its trainer. */
import { config } from '@/lib/config';
import { closeRewardToken, openRewardToken } from '@/lib/data/access/reward-token';
import { readExcluded } from '@/lib/data/curriculum/read';
import type { LoopState } from '@/lib/data/iterations/loop-state';
import { sayWaiting } from '@/lib/data/iterations/moves';
import { endJobHere, markResumed, supersedeJob } from '@/lib/data/iterations/slots';
import { isPrepared } from '@/lib/data/jobs/questions';
import { readJobRecord } from '@/lib/data/jobs/read';
import type { JobRecord } from '@/lib/data/jobs/record';
import { getTrainerAddress } from '@/lib/data/trainers/address';
import { isMoving } from '@/lib/domain/loop/stages';
import { REWARD_PATH } from '@/lib/domain/trainer-view';
import { AppError, type ErrorCode } from '@/lib/errors';
import { log } from '@/lib/log';
import { type JobPort, trainerPort } from '@/lib/trainer/port';
import { followJob } from './follow-job';
import { submitJob } from './submit-job';
import { verifyAlong } from './verify-live';

/** Who plays the trainer of a job; without it, the one that is registered. */
export type LoopDeps = { readonly connect?: (job: JobRecord) => JobPort };

type Reached = { readonly port: JobPort; readonly rewardUrl: string };

const reach = async (job: JobRecord, { connect }: LoopDeps): Promise<Reached> => {
  if (connect) return { port: connect(job), rewardUrl: `${config().VERIPO_BASE_URL}${REWARD_PATH}` };
  const { projectId, trainerId } = job;
  if (trainerId === null) throw new AppError('not_found', 'Its trainer is no longer registered.');
  const { rewardUrl } = await getTrainerAddress(projectId, trainerId);
  return { port: trainerPort(() => getTrainerAddress(projectId, trainerId)), rewardUrl };
};

/** What no waiting mends: this job has ended, and a retry of its stage makes another. */
const lasting: ReadonlySet<ErrorCode> = new Set(['invalid', 'not_found', 'conflict', 'too_large', 'unsupported']);
const isLasting = (error: unknown): error is AppError => error instanceof AppError && lasting.has(error.code);

const sayer =
  ({ iterationId, snapshot: { state } }: LoopState) =>
  async (sentence: string | null): Promise<void> => {
    if (isMoving(state)) await sayWaiting(iterationId, state, sentence);
  };

const CANCEL_MS = 10_000;

/**
 * Follows a job. One whose log is another than the one we read is over here, and would hold the trainer's device for
 * nobody: it is asked to end there. Whether it does is the trainer's affair, which may be the very reason.
 */
const follow = async (job: JobRecord, port: JobPort, options: Parameters<typeof followJob>[2]): Promise<void> => {
  try {
    await followJob(job, port, options);
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict' && !options.signal.aborted) {
      await port.cancelJob(job.id, AbortSignal.any([options.signal, AbortSignal.timeout(CANCEL_MS)])).catch(() => {
        log.warn({ job: job.id }, 'a job that is over here could not be cancelled on its trainer');
      });
    }
    throw error;
  }
};

/**
 * Gives a job to its trainer, if it is not there, and stores what it does until it ends, verifying along. A job that
 * the trainer refuses for good, or no longer knows, has failed. Throws `unavailable`, `busy` and `forbidden` while it
 * could not be given; the signal's reason.
 */
export const runJob = async (loop: LoopState, jobId: string, signal: AbortSignal, deps: LoopDeps): Promise<void> => {
  const job = await readJobRecord(loop.projectId, jobId);
  const say = sayer(loop);
  const along = new AbortController();
  let verifying: Promise<void> = Promise.resolve();
  try {
    const { port, rewardUrl } = await reach(job, deps);
    const samples = job.kind === 'grpo' || job.kind === 'rollout';
    const exclude = samples ? await readExcluded(loop.projectId, loop.run.id) : new Set<string>();
    await submitJob(job, port, { signal, exclude, rewardUrl, onProgress: say });
    await say(null);
    if (job.kind !== 'dpo') verifying = verifyAlong(loop, AbortSignal.any([signal, along.signal]));
    await follow(job, port, { signal, onTrouble: say });
  } catch (error) {
    if (signal.aborted || !isLasting(error)) throw error;
    await endJobHere(jobId, 'failed', error.message);
  } finally {
    along.abort();
    await verifying;
  }
};

const giveUp = async (job: JobRecord): Promise<void> => {
  await supersedeJob(job.id);
  await closeRewardToken(job);
};

/** Asks the trainer to take a job up again; where it cannot, the job gives way to another one. */
export const resumeJob = async (loop: LoopState, jobId: string, signal: AbortSignal, deps: LoopDeps): Promise<void> => {
  const job = await readJobRecord(loop.projectId, jobId);
  try {
    // Never given, or in a database that was put back since: there is nothing of ours to take up.
    if (!(await isPrepared(job))) return await giveUp(job);
    const { port } = await reach(job, deps);
    // Before it asks for rewards, which may be long before we follow it when we are killed right here.
    if (job.kind === 'grpo') await openRewardToken(job);
    const { lastSeq } = await port.resumeJob(jobId, signal);
    // A shorter log than ours is another job's: what it says next would never fit.
    if (lastSeq < job.lastEventSeq) await giveUp(job);
    else await markResumed(jobId);
  } catch (error) {
    if (signal.aborted || !isLasting(error)) throw error;
    await giveUp(job);
  }
};

/** Ends a job on its trainer and stores what it did until then. One that the trainer does not know has ended. */
export const endJob = async (loop: LoopState, jobId: string, signal: AbortSignal, deps: LoopDeps): Promise<void> => {
  const job = await readJobRecord(loop.projectId, jobId);
  try {
    const { port } = await reach(job, deps);
    await port.cancelJob(jobId, signal);
    await followJob(job, port, { signal, onTrouble: sayer(loop) });
  } catch (error) {
    if (signal.aborted || !isLasting(error)) throw error;
    await endJobHere(jobId, 'cancelled', error.message);
  }
};
