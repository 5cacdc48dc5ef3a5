import 'server-only';
import { z } from 'zod';
import { parseJson } from '@/lib/domain/formats/stream/json-text';
import { trainerFailureSchema } from '@/lib/domain/trainer/answers';
import { AppError, type ErrorCode } from '@/lib/errors';

/** Where a trainer is reached, and the token it was started with. The URL may have a path, but nothing after it. */
export type TrainerAddress = { readonly url: string; readonly token: string };

type TrainerFailure = z.infer<typeof trainerFailureSchema>;

/** A refusal that the trainer said in words; `missing` are the files it wants first. */
export class TrainerRefusal extends AppError {
  readonly missing: readonly string[];
  constructor(
    readonly reason: TrainerFailure['code'],
    message: string,
    missing: readonly string[],
  ) {
    super(refusalCode[reason], message);
    this.missing = missing;
  }
}

const MAX_SENTENCE = 2_000;

/** A trainer's sentence as screens show and rows hold it: of a length for that, in whole characters, on one line. */
const sayable = (message: string): string =>
  message
    .slice(0, MAX_SENTENCE)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ');

/** A trainer that refuses *our* token says nothing about the person who asked: not `unauthenticated`. */
const refusalCode: Readonly<Record<TrainerFailure['code'], ErrorCode>> = {
  unauthorized: 'forbidden',
  not_found: 'not_found',
  invalid: 'invalid',
  conflict: 'conflict',
  missing_files: 'conflict',
  too_large: 'too_large',
  no_space: 'unavailable',
  busy: 'busy',
  rewound: 'conflict',
};

/** How long a short call may take in all, in milliseconds. */
export const CALL_TIMEOUT_MS = 20_000;
/** The longest are lists of 10,000 models and of 1,000 files. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

type Call = {
  readonly method?: 'GET' | 'PUT' | 'POST';
  /** Below the trainer's URL, e.g. `v1/info`. */
  readonly path: string;
  readonly body?: Blob | string;
  /** Of the whole call, answer included. */
  readonly timeoutMs?: number;
  /** The caller's own: its reason flies as it is. */
  readonly signal?: AbortSignal | undefined;
};

/** What a person recognises of an address: without a path, and never with credentials. */
export const trainerName = ({ url }: TrainerAddress): string => new URL(url).host;

const causeCode = (error: unknown): string | undefined => {
  const parsed = z.object({ code: z.string() }).safeParse(error instanceof Error ? error.cause : undefined);
  return parsed.success ? parsed.data.code : undefined;
};

/** Our words for a connection that failed; `stop` is the caller's own signal, whose reason flies as it is. */
export const connectionError = (trainer: TrainerAddress, cause: unknown, stop: AbortSignal | undefined): unknown => {
  if (stop?.aborted || cause instanceof AppError) return cause;
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    return new AppError('unavailable', `The trainer at ${trainerName(trainer)} did not answer in time.`, { cause });
  }
  if (!(cause instanceof TypeError) || cause.cause === undefined) return cause; // Not of `fetch`: a fault of ours.
  const code = causeCode(cause);
  const message = `The trainer at ${trainerName(trainer)} cannot be reached${code ? ` (${code})` : ''}.`;
  return new AppError('unavailable', message, { cause });
};

/** Something answers, but not as a trainer does. */
export const strangeAnswer = (trainer: TrainerAddress, cause?: unknown): AppError =>
  new AppError('unavailable', `What answers at ${trainerName(trainer)} is not a trainer that this studio knows.`, {
    cause,
  });

/** A message of the trainer; throws `strangeAnswer` when it is another one. */
export const parseMessage = <S extends z.ZodType>(trainer: TrainerAddress, schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw strangeAnswer(trainer, parsed.error);
  return parsed.data;
};

/** A message in a JSON text. */
export const parseText = <S extends z.ZodType>(trainer: TrainerAddress, schema: S, text: string): z.output<S> => {
  const json = parseJson(text);
  if (!json.ok) throw strangeAnswer(trainer, json.reason);
  return parseMessage(trainer, schema, json.value);
};

/** The answer's text, of at most 4 MiB. */
const readText = async (trainer: TrainerAddress, response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw strangeAnswer(trainer);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

/**
 * Sends one request and returns the answer when it is a good one (2xx), its body unread.
 *
 * @throws TrainerRefusal with the trainer's own sentence; AppError `unavailable` when it cannot be reached.
 */
export const openCall = async (trainer: TrainerAddress, call: Call, signal: AbortSignal): Promise<Response> => {
  const base = trainer.url.endsWith('/') ? trainer.url : `${trainer.url}/`;
  const response = await fetch(new URL(call.path, base), {
    method: call.method ?? 'GET',
    headers: {
      authorization: `Bearer ${trainer.token}`,
      ...(typeof call.body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
    body: call.body ?? null,
    redirect: 'error', // The token is for this address only.
    signal,
  });
  if (response.ok) return response;
  const { code, message, missing } = parseText(trainer, trainerFailureSchema, await readText(trainer, response));
  const advice =
    code === 'unauthorized' ? `The trainer at ${trainerName(trainer)} refuses the token.` : sayable(message);
  throw new TrainerRefusal(code, advice, missing);
};

/**
 * One call with a JSON answer.
 *
 * @throws TrainerRefusal with the trainer's own sentence; AppError `unavailable` when it cannot be reached, takes too
 *   long, or answers something else.
 */
export const callTrainer = async <S extends z.ZodType>(
  trainer: TrainerAddress,
  call: Call,
  schema: S,
): Promise<z.output<S>> => {
  const timeout = AbortSignal.timeout(call.timeoutMs ?? CALL_TIMEOUT_MS);
  try {
    const response = await openCall(trainer, call, call.signal ? AbortSignal.any([call.signal, timeout]) : timeout);
    return parseText(trainer, schema, await readText(trainer, response));
  } catch (error) {
    throw connectionError(trainer, error, call.signal);
  }
};
