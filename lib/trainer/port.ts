import 'server-only';
/** What the loop asks of a trainer, bound to one: the real service, or a recording that answers in its place. */
import type { JobStatus } from '@/lib/domain/trainer/answers';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import type { JobRequest } from '@/lib/domain/trainer/job';
import { cancelJob, createJob, getJob, putFile, resumeJob, type Submitted } from './client';
import { readEvents } from './read-events';
import type { TrainerAddress } from './request';

/** Failures are those of `client.ts` and `read-events.ts`. */
export type JobPort = {
  readonly putFile: (sha256: string, file: string, signal?: AbortSignal) => Promise<void>;
  readonly createJob: (request: JobRequest, signal?: AbortSignal) => Promise<Submitted>;
  readonly getJob: (jobId: string, signal?: AbortSignal) => Promise<JobStatus>;
  readonly cancelJob: (jobId: string, signal?: AbortSignal) => Promise<JobStatus>;
  readonly resumeJob: (jobId: string, signal?: AbortSignal) => Promise<JobStatus>;
  /** Events above `after`, oldest first; with `follow` until the job is finished. */
  readonly readEvents: (
    jobId: string,
    options: { readonly after: number; readonly follow?: boolean; readonly signal?: AbortSignal },
  ) => AsyncGenerator<TrainerEvent>;
};

/**
 * The calls to one trainer. With a function for an address, each call asks where the trainer is now, so that one that
 * came back at another port or with another token is found again.
 */
export const trainerPort = (address: TrainerAddress | (() => Promise<TrainerAddress>)): JobPort => {
  const at = async (): Promise<TrainerAddress> => (typeof address === 'function' ? await address() : address);
  return {
    putFile: async (sha256, file, signal) => putFile(await at(), sha256, file, signal),
    createJob: async (request, signal) => createJob(await at(), request, signal),
    getJob: async (jobId, signal) => getJob(await at(), jobId, signal),
    cancelJob: async (jobId, signal) => cancelJob(await at(), jobId, signal),
    resumeJob: async (jobId, signal) => resumeJob(await at(), jobId, signal),
    readEvents: async function* (jobId, options) {
      yield* readEvents(await at(), jobId, options);
    },
  };
};
