import 'server-only';
/** A job's data: which questions it is given, and the NDJSON file of them, the same bytes every time it is made. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { config } from '@/lib/config';
import { type JobPair, readJobPairs } from '@/lib/data/jobs/pairs';
import {
  type Given,
  hasUnseenClips,
  isPrepared,
  type JobQuestion,
  type LeftOut,
  readCandidates,
  readJobQuestions,
  storeJobQuestions,
} from '@/lib/data/jobs/questions';
import type { JobRecord } from '@/lib/data/jobs/record';
import { contentOf, locateShown } from '@/lib/data/media/content';
import { resolveMedia } from '@/lib/data/media/resolve';
import { userTurn } from '@/lib/domain/pairs/user-turn';
import { type pairLineSchema, questionLineSchema } from '@/lib/domain/trainer/lines';
import { AppError } from '@/lib/errors';

type Question = Omit<JobPair, 'position' | 'pair_id' | 'chosen' | 'rejected' | 'media_sha256'>;

/** The line of a question as the trainer reads it. */
const lineOf = (
  { id, kind, modality, prompt, options, truth }: Question,
  media: string | null,
  instruction: string | null,
): z.input<typeof questionLineSchema> => ({
  id,
  turn: userTurn({ kind, prompt, options }, instruction),
  prompt,
  kind,
  options,
  truth,
  modality,
  media,
});

/** The content of what a question shows, null for text; or why it cannot be asked. */
const lookAt = async (
  job: JobRecord,
  question: JobQuestion,
  signal: AbortSignal,
): Promise<{ readonly media: string | null } | { readonly reason: string }> => {
  if (question.modality === 'text') return { media: null };
  const located = await locateShown(job.projectId, question);
  if ('reason' in located) return located;
  const sha256 = await contentOf(located.path, signal);
  return sha256 === undefined ? { reason: `${question.media_path} cannot be read.` } : { media: sha256 };
};

const look = async (job: JobRecord, question: JobQuestion, signal: AbortSignal): Promise<Given | LeftOut> => {
  const seen = await lookAt(job, question, signal);
  if ('reason' in seen) return { questionId: question.id, reason: seen.reason };
  const line = questionLineSchema.safeParse(lineOf(question, seen.media, job.order.instruction));
  if (line.success) return { questionId: question.id, mediaSha256: seen.media };
  const [fault] = line.error.issues;
  return { questionId: question.id, reason: `No trainer takes it: ${fault?.path.join('.')}: ${fault?.message}.` };
};

type Watch = { readonly signal: AbortSignal; readonly onProgress: (done: number, of: number) => Promise<void> };

/**
 * Decides a job's data, if nobody has: the questions of its order without `exclude`, each with the content of its clip.
 * Those that cannot be shown are left out and told in the job's log.
 *
 * @throws AppError `conflict` when none is left.
 */
export const prepareJob = async (job: JobRecord, exclude: ReadonlySet<string>, watch: Watch): Promise<void> => {
  if (await isPrepared(job)) return;
  // Launched right after an import: the look at all its clips may still wait in the queue.
  if (await hasUnseenClips(job)) await resolveMedia(job.projectId);
  const { count, questions } = await readCandidates(job, exclude);
  const given: Given[] = [];
  const leftOut: LeftOut[] = [];
  for await (const question of questions) {
    watch.signal.throwIfAborted();
    const looked = await look(job, question, watch.signal);
    if ('reason' in looked) leftOut.push(looked);
    else given.push(looked);
    await watch.onProgress(given.length + leftOut.length, count);
  }
  if ((await storeJobQuestions(job, given, leftOut)) > 0) return;
  const [first] = leftOut;
  const noun = job.kind === 'dpo' ? 'pair' : 'question';
  if (first) {
    const all = leftOut.length === 1 ? 'the only question cannot' : `none of the ${leftOut.length} questions can`;
    throw new AppError('conflict', `There is no ${noun} to train on: ${all} be shown. ${first.reason}`);
  }
  const reason = exclude.size > 0 ? 'the curriculum leaves all of them out: put some back' : 'its sets are empty';
  throw new AppError('conflict', `There is no ${noun} to train on: ${reason}.`);
};

async function* pairLines(job: JobRecord): AsyncGenerator<string> {
  for await (const { pair_id, chosen, rejected, media_sha256, ...question } of readJobPairs(job)) {
    const line: z.input<typeof pairLineSchema> = {
      ...lineOf(question, media_sha256, job.order.instruction),
      pairId: pair_id,
      chosen,
      rejected,
    };
    yield `${JSON.stringify(line)}\n`;
  }
}

async function* questionLines(job: JobRecord): AsyncGenerator<string> {
  for await (const question of readJobQuestions(job)) {
    yield `${JSON.stringify(lineOf(question, question.media_sha256, job.order.instruction))}\n`;
  }
}

export type JobFile = { readonly path: string; readonly sha256: string; readonly remove: () => Promise<void> };

/** Writes the data file of a prepared job into the data folder, over one that a kill left; the caller removes it. */
export const writeJobFile = async (job: JobRecord, signal: AbortSignal): Promise<JobFile> => {
  const folder = path.join(config().VERIPO_DATA_DIR, 'tmp');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `job-${job.id}.ndjson`);
  const remove = () => rm(file, { force: true });
  const hash = createHash('sha256');
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for await (const line of job.kind === 'dpo' ? pairLines(job) : questionLines(job)) {
      const chunk = Buffer.from(line);
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.from(bytes()), createWriteStream(file, { mode: 0o600 }), { signal });
  } catch (error) {
    await remove();
    throw error;
  }
  return { path: file, sha256: hash.digest('hex'), remove };
};
