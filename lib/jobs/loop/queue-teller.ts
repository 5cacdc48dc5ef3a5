import 'server-only';
/** While a job is queued its log says nothing: the trainer is asked why it does not start. */
import { setTimeout as sleep } from 'node:timers/promises';
import { queueText } from '@/lib/domain/loop/queue-text';
import type { JobState } from '@/lib/domain/trainer/names';
import type { JobPort } from '@/lib/trainer/port';

type Say = (sentence: string | null) => void | Promise<void>;
export type QueueTeller = {
  /** A state of the job that its log told, undefined for none: `queued` begins the asking, any other ends it. */
  readonly hear: (state: JobState | undefined) => Promise<void>;
  /** Nothing more is said until it hears `queued` again; what was said stays. */
  readonly stop: () => Promise<void>;
};

/** A job that starts at once is never asked after. */
const FIRST_MS = 1_500;
const EVERY_MS = 5_000;

/**
 * Says why a queued job does not start, as often as the reason changes, and null when it starts. A trainer that does not
 * answer is the log reader's affair. What `say` throws is thrown by the next call.
 */
export const queueTeller = (jobId: string, port: JobPort, say: Say, firstMs: number = FIRST_MS): QueueTeller => {
  let told: string | null = null;
  let watch: { readonly stopping: AbortController; readonly ended: Promise<void> } | undefined;
  const ask = async (signal: AbortSignal): Promise<void> => {
    let last: string | null = null;
    for (let ms = firstMs; ; ms = EVERY_MS) {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const status = await port.getJob(jobId, signal).catch(() => undefined);
      if (signal.aborted) return;
      const sentence: string | null = status === undefined ? last : queueText(status);
      if (sentence === last) continue;
      await say(sentence);
      last = sentence;
      told = sentence;
    }
  };
  const begin = () => {
    const stopping = new AbortController();
    const ended = ask(stopping.signal);
    // Thrown where it is awaited, and not as a rejection that nobody hears.
    ended.catch(() => undefined);
    return { stopping, ended };
  };
  const stop = async (): Promise<void> => {
    const now = watch;
    watch = undefined;
    now?.stopping.abort();
    await now?.ended;
  };
  const hear = async (state: JobState | undefined): Promise<void> => {
    if (state === undefined) return;
    if (state === 'queued') {
      watch ??= begin();
      return;
    }
    await stop();
    if (told !== null) await say(null);
    told = null;
  };
  return { hear, stop };
};
