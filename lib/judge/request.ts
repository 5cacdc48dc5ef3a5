import 'server-only';
/** One request to an OpenAI-compatible server. Its answers are hostile: bounded, parsed, and never followed elsewhere. */
import { z } from 'zod';
import { parseJson } from '@/lib/domain/formats/stream/json-text';
import { parseRetryAfter } from '@/lib/domain/judge/backoff';
import type { Usage } from '@/lib/domain/judge/budget';
import { type FailureKind, failureOfStatus } from '@/lib/domain/judge/failure';

/** Where a judge is reached. The key is in clear here and goes nowhere else. */
export type JudgeAddress = { readonly url: string; readonly key: string | null; readonly timeoutMs: number };

/** A request that did not bring an answer; `message` is one sentence for people, without the key. */
export class JudgeFailure extends Error {
  override readonly name = 'JudgeFailure';
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly retryAfterMs: number | null = null,
    readonly status: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type JudgeReply = {
  /** What the model wrote; empty when it wrote nothing or refused. */
  readonly text: string;
  /** Null when the server does not say. */
  readonly usage: Usage | null;
};

const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_SAID = 300;
/** No request uses more; what claims to is not counted by. */
const MAX_TOKENS = 10_000_000;

const tokens = z.int().nonnegative().max(MAX_TOKENS);
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]).nullish(),
          refusal: z.string().nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
});
const errorSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** What a person recognises of an address: without a path, and never with credentials. */
const hostOf = ({ url }: JudgeAddress): string => new URL(url).host;

/** A server's words as screens show and rows hold them: on one line, of a length for that, and without the key. */
const sayable = (text: string, { key }: JudgeAddress): string => {
  const hidden = key === null ? text : text.replaceAll(key, '•••');
  return hidden
    .slice(0, MAX_SAID)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
};

const readText = async (address: JudgeAddress, response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new JudgeFailure('strange', `What answers at ${hostOf(address)} sends more than an answer can be.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const words: Readonly<Record<FailureKind, string>> = {
  network: 'cannot be reached',
  timeout: 'did not answer in time',
  busy: 'is asked too often',
  server: 'failed',
  key: 'refuses the key',
  absent: 'does not know this model or this path',
  refused: 'refuses this request',
  strange: 'is no OpenAI-compatible server that this studio knows',
};

const sentence = (address: JudgeAddress, kind: FailureKind, detail: string): string =>
  `The server at ${hostOf(address)} ${words[kind]}${detail === '' ? '' : `: ${detail.replace(/[.!]+$/, '')}`}.`;

const refusal = async (address: JudgeAddress, response: Response): Promise<JudgeFailure> => {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const message = `The server at ${hostOf(address)} redirects (HTTP ${status}), which is not followed: give the address it leads to.`;
    return new JudgeFailure('strange', message, null, status);
  }
  const json = parseJson(await readText(address, response));
  const said = json.ok ? errorSchema.safeParse(json.value).data : undefined;
  const kind = failureOfStatus(status);
  const detail = `HTTP ${status}${said ? `, ${sayable(said, address)}` : ''}`;
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), new Date());
  return new JudgeFailure(kind, sentence(address, kind, detail), retryAfterMs, status);
};

const causeCode = (error: unknown): string =>
  z.object({ cause: z.object({ code: z.string() }) }).safeParse(error).data?.cause.code ?? '';

const failureOf = (address: JudgeAddress, error: unknown): JudgeFailure => {
  if (error instanceof JudgeFailure) return error;
  const isTimeout = error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const kind = isTimeout ? 'timeout' : 'network';
  return new JudgeFailure(kind, sentence(address, kind, isTimeout ? '' : causeCode(error)), null, null, {
    cause: error,
  });
};

const replyOf = (address: JudgeAddress, text: string): JudgeReply => {
  const json = parseJson(text);
  const parsed = completionSchema.safeParse(json.ok ? json.value : undefined);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice) throw new JudgeFailure('strange', sentence(address, 'strange', ''));
  const { content, refusal: refused } = choice.message;
  const written = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  const { usage } = parsed.data;
  return {
    text: written || (refused ?? ''),
    usage: usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : null,
  };
};

/**
 * Posts one body to `chat/completions` and reads the answer.
 *
 * @param stop - ends the request as a timeout does
 * @throws JudgeFailure and nothing else
 */
export const postCompletion = async (address: JudgeAddress, body: object, stop: AbortSignal): Promise<JudgeReply> => {
  try {
    const response = await fetch(`${address.url}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(address.key === null ? {} : { authorization: `Bearer ${address.key}` }),
      },
      body: JSON.stringify(body),
      redirect: 'manual', // The key and the text are for this address only.
      signal: AbortSignal.any([stop, AbortSignal.timeout(address.timeoutMs)]),
    });
    if (!response.ok) throw await refusal(address, response);
    return replyOf(address, await readText(address, response));
  } catch (error) {
    throw failureOf(address, error);
  }
};
