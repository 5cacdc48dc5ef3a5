/**
 * For tests, and for trying a judge by hand (serve.ts): a small OpenAI-compatible server that answers by a function.
 * Faults are switched on one by one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { lastConclusion } from './rule';

const bodySchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  response_format: z.unknown().optional(),
});
export type SentBody = z.infer<typeof bodySchema>;

/** What the server does with the next requests. */
export type JudgeFaults = {
  /** Milliseconds before it answers. */
  delayMs: number;
  /** So many requests get this status first, with this `Retry-After`. */
  fail: { times: number; status: number; retryAfter?: string } | undefined;
  /** The text of the answer instead of JSON. */
  malformed: string | undefined;
  /** Refuses `response_format` as older servers do. */
  unstructured: boolean;
  /** Takes `max_completion_tokens` only. */
  newerLimit: boolean;
  /** Never answers. */
  hang: boolean;
  /** Leaves `usage` out. */
  silentUsage: boolean;
  /** The whole body of its answers, whatever was asked. */
  body: string | undefined;
};

export type TestJudge = {
  /** With `/v1`. */
  readonly url: string;
  readonly faults: JudgeFaults;
  /** Bodies as they came, in order; those that it refused too. */
  readonly sent: string[];
  /** `Authorization` of each. */
  readonly keys: (string | undefined)[];
  /** The most requests that were under way at once. */
  readonly peak: () => number;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly port?: number;
  /** The text of an answer, by the user's message; by default the last conclusion as JSON. */
  readonly answer?: (prompt: string) => string;
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

const tokensOf = (text: string): number => Math.ceil(text.length / 4);

const completion = ({ model, messages }: SentBody, content: string, withUsage: boolean): string =>
  JSON.stringify({
    id: 'test',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    ...(withUsage
      ? {
          usage: {
            prompt_tokens: messages.reduce((sum, message) => sum + tokensOf(message.content), 8),
            completion_tokens: tokensOf(content),
          },
        }
      : {}),
  });

const say = (response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
};
const complain = (response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}) =>
  say(response, status, JSON.stringify({ error: { message, type: 'test', code: null } }), headers);

/** Starts it on loopback, at a free port unless told otherwise. */
export const startTestJudge = async ({ port = 0, answer }: Options = {}): Promise<TestJudge> => {
  const faults: JudgeFaults = {
    delayMs: 0,
    fail: undefined,
    malformed: undefined,
    unstructured: false,
    newerLimit: false,
    hang: false,
    silentUsage: false,
    body: undefined,
  };
  const sent: string[] = [];
  const keys: (string | undefined)[] = [];
  let [open, peak] = [0, 0];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readBody(request);
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      return complain(response, 404, 'There is nothing here');
    }
    sent.push(text);
    keys.push(request.headers.authorization);
    if (faults.hang) return;
    if (faults.delayMs > 0) await sleep(faults.delayMs);
    const { fail } = faults;
    if (fail && fail.times > 0) {
      fail.times -= 1;
      const headers: Record<string, string> = {};
      if (fail.retryAfter !== undefined) headers['retry-after'] = fail.retryAfter;
      if (fail.status >= 300 && fail.status < 400) headers.location = '/elsewhere';
      return complain(response, fail.status, `told to fail with ${request.headers.authorization ?? 'no key'}`, headers);
    }
    if (faults.body !== undefined) return say(response, 200, faults.body);
    const body = bodySchema.parse(JSON.parse(text));
    if (faults.unstructured && body.response_format !== undefined) {
      return complain(response, 400, 'response_format is not supported');
    }
    if (faults.newerLimit && body.max_tokens !== undefined) {
      return complain(response, 400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
    }
    const prompt = body.messages.at(-1)?.content ?? '';
    const content = faults.malformed ?? answer?.(prompt) ?? JSON.stringify(lastConclusion(prompt));
    say(response, 200, completion(body, content, !faults.silentUsage));
  };

  const server = createServer((request, response) => {
    open += 1;
    peak = Math.max(peak, open);
    response.on('close', () => {
      open -= 1;
    });
    handle(request, response).catch((error: unknown) => complain(response, 500, String(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/v1`,
    faults,
    sent,
    keys,
    peak: () => peak,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
