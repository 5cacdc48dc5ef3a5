import 'server-only';
/** Calls to a trainer (`docs/trainer.md`). All of them may be repeated: the same call twice changes nothing more. */
import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import {
  fileStatusSchema,
  type JobStatus,
  jobStatusSchema,
  TRAINER_PROTOCOL,
  type TrainerInfo,
  trainerInfoSchema,
} from '@/lib/domain/trainer/answers';
import { type JobRequest, jobSchema } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';
import {
  CALL_TIMEOUT_MS,
  callTrainer,
  parseMessage,
  type TrainerAddress,
  TrainerRefusal,
  trainerName,
} from './request';

/** An upload slower than this is given up. */
const SLOWEST_BYTES_PER_SECOND = 128 * 1024;

/**
 * Devices, engines, versions and limits.
 *
 * @throws AppError `unsupported` when the trainer speaks another version of the protocol; see `callTrainer` for others.
 */
export const getInfo = async (trainer: TrainerAddress, signal?: AbortSignal): Promise<TrainerInfo> => {
  // The number first: answers of another version need not look like ours.
  const protocolSchema = z.looseObject({ protocol: z.int() });
  const answer = await callTrainer(trainer, { path: 'v1/info', signal }, protocolSchema);
  if (answer.protocol === TRAINER_PROTOCOL) return parseMessage(trainer, trainerInfoSchema, answer);
  const versions = `protocol ${answer.protocol}, this studio protocol ${TRAINER_PROTOCOL}`;
  const message = `The trainer at ${trainerName(trainer)} speaks ${versions}. Update the older of the two.`;
  throw new AppError('unsupported', message);
};

const isStored = async (trainer: TrainerAddress, path: string, signal: AbortSignal | undefined): Promise<boolean> => {
  try {
    await callTrainer(trainer, { path, signal }, fileStatusSchema);
    return true;
  } catch (error) {
    if (error instanceof TrainerRefusal && error.reason === 'not_found') return false;
    throw error;
  }
};

/**
 * Uploads a file under the SHA-256 of its bytes (hex), unless it is there already.
 *
 * @throws AppError `invalid` when the file has another hash, `too_large`, `unavailable` (also: no space there).
 */
export const putFile = async (
  trainer: TrainerAddress,
  sha256: string,
  file: string,
  signal?: AbortSignal,
): Promise<void> => {
  const path = `v1/files/${encodeURIComponent(sha256)}`;
  if (await isStored(trainer, path, signal)) return;
  const body = await openAsBlob(file);
  const timeoutMs = CALL_TIMEOUT_MS + Math.ceil((body.size / SLOWEST_BYTES_PER_SECOND) * 1000);
  await callTrainer(trainer, { method: 'PUT', path, body, timeoutMs, signal }, fileStatusSchema);
};

/** A queued job, or the files to upload before it is asked for again (at most 1000 at a time). */
export type Submitted = { readonly job: JobStatus } | { readonly missing: readonly string[] };

/**
 * Queues a job, or finds it when it was queued before.
 *
 * @throws AppError `invalid` with what the trainer refuses, `conflict` when another job has this id, `busy`.
 */
export const createJob = async (
  trainer: TrainerAddress,
  request: JobRequest,
  signal?: AbortSignal,
): Promise<Submitted> => {
  const parsed = jobSchema.safeParse(request);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new AppError('invalid', `The job cannot be sent: ${faults.join('; ')}`);
  }
  try {
    const body = JSON.stringify(parsed.data);
    return { job: await callTrainer(trainer, { method: 'POST', path: 'v1/jobs', body, signal }, jobStatusSchema) };
  } catch (error) {
    if (error instanceof TrainerRefusal && error.reason === 'missing_files') return { missing: error.missing };
    throw error;
  }
};

const jobPath = (jobId: string): string => `v1/jobs/${encodeURIComponent(jobId)}`;

/** Where a job stands. */
export const getJob = (trainer: TrainerAddress, jobId: string, signal?: AbortSignal): Promise<JobStatus> =>
  callTrainer(trainer, { path: jobPath(jobId), signal }, jobStatusSchema);

/** Asks for the end of a job; it may run on for some seconds. A finished job stays as it is. */
export const cancelJob = (trainer: TrainerAddress, jobId: string, signal?: AbortSignal): Promise<JobStatus> =>
  callTrainer(trainer, { method: 'POST', path: `${jobPath(jobId)}/cancel`, signal }, jobStatusSchema);

/**
 * Queues a failed or cancelled job again, to go on from its last resumable checkpoint; one that runs stays as it is.
 *
 * @throws AppError `conflict` when it has succeeded, so that there is nothing to resume; `not_found`.
 */
export const resumeJob = (trainer: TrainerAddress, jobId: string, signal?: AbortSignal): Promise<JobStatus> =>
  callTrainer(trainer, { method: 'POST', path: `${jobPath(jobId)}/resume`, signal }, jobStatusSchema);
