import 'server-only';
import { readLines } from '@/lib/domain/formats/stream/text';
import { type TrainerEvent, trainerEventSchema } from '@/lib/domain/trainer/event';
import { AppError } from '@/lib/errors';
import { connectionError, openCall, parseText, strangeAnswer, type TrainerAddress } from './request';

/** A trainer that follows a job says something every 15 seconds, if only an empty line. */
const SILENCE_MS = 60_000;
/** A response of two million characters, escaped. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024;

type Options = {
  /** The last seq that is already stored; 0 for all. */
  readonly after: number;
  /** Stay until the job is finished. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
};

/** Aborts when nothing is heard for a while. Time in which nobody listens, because an event is stored, is not counted. */
const listen = () => {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  const start = (): void => {
    stop();
    timer = setTimeout(() => silence.abort(new DOMException('Nothing was heard', 'TimeoutError')), SILENCE_MS);
  };
  async function* hear(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      stop();
      yield chunk;
      start();
    }
  }
  return { signal: silence.signal, start, stop, hear };
};

async function* readBody(trainer: TrainerAddress, body: AsyncIterable<Uint8Array>): AsyncGenerator<TrainerEvent> {
  for await (const line of readLines(body, MAX_EVENT_BYTES)) {
    if ('refusal' in line || !line.ended) throw strangeAnswer(trainer);
    if (line.text !== '') yield parseText(trainer, trainerEventSchema, line.text);
  }
}

/**
 * Events of a job with a seq above `after`, oldest first. After any failure ask again for what follows the last one
 * that was stored.
 *
 * @throws AppError `conflict` when the trainer has fewer events than we do or leaves one out: it is not the trainer that
 *   ran this job; `not_found`; `unavailable` when the connection breaks or nothing is heard for a minute.
 */
export async function* readEvents(
  trainer: TrainerAddress,
  jobId: string,
  { after, follow = false, signal }: Options,
): AsyncGenerator<TrainerEvent> {
  const listener = listen();
  const stop = signal ? AbortSignal.any([signal, listener.signal]) : listener.signal;
  const path = `v1/jobs/${encodeURIComponent(jobId)}/events?after=${after}&follow=${follow ? 1 : 0}`;
  let seq = after;
  try {
    listener.start();
    const { body } = await openCall(trainer, { path }, stop);
    if (!body) throw strangeAnswer(trainer);
    for await (const event of readBody(trainer, listener.hear(body))) {
      if (event.seq !== seq + 1) {
        throw new AppError('conflict', `The trainer's events of job ${jobId} jump from ${seq} to ${event.seq}.`);
      }
      seq = event.seq;
      yield event;
    }
  } catch (error) {
    throw connectionError(trainer, error, signal);
  } finally {
    listener.stop();
  }
}
