import 'server-only';
/** From a job's row to a job of its trainer: data, clips, request. Whatever is killed, doing it again ends the same. */
import { closeRewardToken, openRewardToken } from '@/lib/data/access/reward-token';
import { countMedia, findByMedia, isPrepared } from '@/lib/data/jobs/questions';
import type { JobRecord } from '@/lib/data/jobs/record';
import { readRequestParts } from '@/lib/data/jobs/request-parts';
import { contentOf, locateShown } from '@/lib/data/media/content';
import type { JobRequest } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';
import type { JobPort } from '@/lib/trainer/port';
import { prepareJob, writeJobFile } from './job-data';

type Options = {
  readonly signal: AbortSignal;
  /** Questions that the curriculum leaves out. */
  readonly exclude: ReadonlySet<string>;
  /** Where the trainer reaches our reward API. */
  readonly rewardUrl: string;
  /** What takes so long, in a sentence; null when it is done. */
  readonly onProgress: (sentence: string | null) => void | Promise<void>;
};

/** Screens follow at this pace. */
const PACE_MS = 500;
const MAX_TITLE = 200;
/** Uploads at once: a tunnel is slow to answer, and many small clips would wait for it one by one. */
const UPLOADS = 4;
/** A trainer that misses what it has taken this many times is none of ours. */
const MAX_ROUNDS = 3;

/** Whether the trainer has the job already, from before a kill. */
const isThere = async (port: JobPort, jobId: string, signal: AbortSignal): Promise<boolean> => {
  try {
    await port.getJob(jobId, signal);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false;
    throw error;
  }
};

const requestOf = async (job: JobRecord, sha256: string, rewardUrl: string): Promise<JobRequest> => {
  const { order } = job;
  const { model, runName, k, verifierVersion } = await readRequestParts(job);
  const common = {
    id: job.id,
    engine: order.engine,
    model,
    seed: order.seed,
    device: order.device,
    title: `${runName.slice(0, MAX_TITLE - 40)} iteration ${k} ${order.kind}`,
  };
  if (order.kind === 'dpo') return { ...common, kind: 'dpo', data: { pairs: sha256 }, settings: order.settings };
  const data = { questions: sha256 };
  if (order.kind === 'rollout') return { ...common, kind: 'rollout', data, settings: order.settings };
  if (order.kind === 'eval') return { ...common, kind: 'eval', data, settings: order.settings };
  const reward = { url: rewardUrl, token: await openRewardToken(job), verifierVersion };
  return { ...common, kind: 'grpo', data, reward, settings: order.settings };
};

/** Says at most every half second that `done` of `of` are behind us. */
const paced = (say: (sentence: string) => void | Promise<void>, sentence: (done: number, of: number) => string) => {
  let saidAt = Number.NEGATIVE_INFINITY;
  return async (done: number, of: number): Promise<void> => {
    if (performance.now() - saidAt < PACE_MS) return;
    saidAt = performance.now();
    await say(sentence(done, of));
  };
};

/** The files with these contents. Throws `conflict` when one of them is no longer what it was. */
const findClips = async (
  job: JobRecord,
  contents: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly sha256: string; readonly path: string }[]> => {
  const questions = await findByMedia(job, contents);
  if (questions.length < contents.length) {
    throw new AppError('unavailable', 'The trainer asks for files that this job does not name.');
  }
  const clips: { sha256: string; path: string }[] = [];
  for (const question of questions) {
    const located = await locateShown(job.projectId, question);
    const now = 'path' in located ? await contentOf(located.path, signal) : undefined;
    if (!('path' in located) || now !== question.media_sha256 || now === undefined) {
      const message = `The file ${question.media_path} is not what it was when this job was prepared. Put it back, or`;
      throw new AppError('conflict', `${message} retry the stage with the questions as they are now.`);
    }
    clips.push({ sha256: now, path: located.path });
  }
  return clips;
};

const inParallel = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: UPLOADS }, worker));
};

const send = async (job: JobRecord, port: JobPort, request: JobRequest, options: Options): Promise<void> => {
  const { signal, onProgress } = options;
  const report = paced(onProgress, (done, of) => `Uploading ${done} of ${of} clips to the trainer.`);
  const sent = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; ) {
    const answer = await port.createJob(request, signal);
    if ('job' in answer) return;
    const fresh = answer.missing.filter((sha256) => !sent.has(sha256));
    if (fresh.length === 0) round += 1;
    const all = Math.max(sent.size + answer.missing.length, answer.missing.length < 1000 ? 0 : await countMedia(job));
    await inParallel(await findClips(job, answer.missing, signal), async ({ sha256, path }) => {
      await report(sent.size, all);
      await port.putFile(sha256, path, signal);
      sent.add(sha256);
    });
  }
  throw new AppError('unavailable', 'The trainer goes on asking for files that it has taken.');
};

/**
 * Gives a job to its trainer, with its data and the clips that the trainer misses; one that it has already is not sent
 * again. May be repeated after any failure.
 *
 * @throws AppError `conflict` when nothing is left to ask, a clip changed, or the trainer knows more of the job than we
 *   do; `not_found` when a job that had begun is no
 *   longer there (its log would begin again, under the same seq), `invalid` with what the trainer refuses, `unavailable`
 *   and `busy` when it is to be tried again later; see `lib/trainer/client.ts` for others.
 */
export const submitJob = async (job: JobRecord, port: JobPort, options: Options): Promise<void> => {
  const { signal, exclude, rewardUrl, onProgress } = options;
  if (await isThere(port, job.id, signal)) {
    if (await isPrepared(job)) return;
    // Its data were decided in a database that was put back since: every rollout would be of a question not given.
    await port.cancelJob(job.id, signal);
    const message = 'The trainer has this job from a time that this database does not know: it was put back from an';
    throw new AppError(
      'conflict',
      `${message} older backup. It is cancelled there: retry the stage to begin it again.`,
    );
  }
  if (job.lastEventSeq > 0) {
    const message = 'The trainer no longer knows this job: its data folder is another one, or was emptied.';
    throw new AppError('not_found', `${message} Retry the stage to begin it again.`);
  }
  const noun = job.kind === 'dpo' ? 'the pairs’ questions' : 'the questions';
  await prepareJob(job, exclude, {
    signal,
    onProgress: paced(onProgress, (done, of) => `Reading the clips of ${noun}: ${done} of ${of}.`),
  });
  const file = await writeJobFile(job, signal);
  try {
    const request = await requestOf(job, file.sha256, rewardUrl);
    await port.putFile(file.sha256, file.path, signal);
    await send(job, port, request, options);
    await onProgress(null);
  } catch (error) {
    // Refused for good: what it was to ask with opens nothing.
    if (error instanceof AppError && ['invalid', 'conflict', 'too_large'].includes(error.code))
      await closeRewardToken(job);
    throw error;
  } finally {
    await file.remove();
  }
};
