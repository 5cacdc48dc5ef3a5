import 'server-only';
/** Asks a judge about one text: books each request, sends again what failed in passing, and says what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { answerJsonSchema, type JudgeAnswer, parseJudgeAnswer } from '@/lib/domain/judge/answer';
import { nextWait } from '@/lib/domain/judge/backoff';
import { type Usage, worstCase } from '@/lib/domain/judge/budget';
import { mayHaveCost } from '@/lib/domain/judge/failure';
import { contentHash, type JudgedText, judgeMessages } from '@/lib/domain/judge/prompt';
import { bodyOf, type Dialect, dialectOf, type JudgeModel, learnDialect, otherDialect } from './dialect';
import type { Ledger } from './ledger';
import { type JudgeAddress, JudgeFailure, type JudgeReply, postCompletion } from './request';

export type Asked = {
  readonly address: JudgeAddress;
  readonly model: JudgeModel;
  readonly ledger: Ledger;
};

/** `usage` is what was spent here and now: nothing for what was known. */
export type Asking =
  | {
      readonly state: 'answered';
      readonly answer: JudgeAnswer;
      readonly content: string;
      readonly cached: boolean;
      readonly usage: Usage;
      readonly latencyMs: number;
      readonly structured: boolean;
    }
  | { readonly state: 'failed'; readonly failure: JudgeFailure; readonly usage: Usage }
  | { readonly state: 'spent'; readonly usage: Usage }
  | { readonly state: 'stopped'; readonly usage: Usage };

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0 };
/** A request under way when somebody cancels is paid for already: it may still come in. */
const GRACE_MS = 5_000;
/** How often who waits for another's request or for the budget looks again. */
const LOOK_MS = 200;

const add = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

/** A signal that follows `stop` after the grace, and what lets go of it. */
const withGrace = (stop: AbortSignal): { signal: AbortSignal; release: () => void } => {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const follow = () => {
    timer = setTimeout(() => late.abort(), GRACE_MS);
  };
  if (stop.aborted) follow();
  else stop.addEventListener('abort', follow, { once: true });
  return {
    signal: late.signal,
    release: () => {
      stop.removeEventListener('abort', follow);
      clearTimeout(timer);
    },
  };
};

type Sent = { readonly reply: JudgeReply } | { readonly failure: JudgeFailure };

const send = async ({ address }: Asked, body: object, stop: AbortSignal): Promise<Sent & { latencyMs: number }> => {
  const { signal, release } = withGrace(stop);
  const began = performance.now();
  try {
    const reply = await postCompletion(address, body, signal);
    return { reply, latencyMs: Math.round(performance.now() - began) };
  } catch (error) {
    if (!(error instanceof JudgeFailure)) throw error;
    return { failure: error, latencyMs: Math.round(performance.now() - began) };
  } finally {
    release();
  }
};

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: stop }).catch(() => undefined); // Aborted: the caller looks at the signal.

/**
 * Asks, or finds the answer that is there. Requests that fail in passing are sent again after a pause with jitter; a
 * server that knows no structured output is asked once without. Every request is booked before it goes out.
 *
 * @param random - in [0, 1), for the jitter
 * @param stop - ends it: at once between requests, after five seconds of grace during one
 */
export const askJudge = async (
  asked: Asked,
  text: JudgedText,
  stop: AbortSignal,
  random: () => number = Math.random,
): Promise<Asking> => {
  const { address, model, ledger } = asked;
  const messages = judgeMessages(text);
  const schema = answerJsonSchema(text);
  const content = contentHash(messages);
  const worst = worstCase(messages, model.maxTokens, JSON.stringify(schema));
  let dialect: Dialect = dialectOf(address, model);
  let usage = NOTHING;
  for (let attempts = 1; ; ) {
    if (stop.aborted) return { state: 'stopped', usage };
    const admission = await ledger.open(content, worst);
    if (admission.state === 'spent') return { state: 'spent', usage };
    if (admission.state === 'known') {
      const { answer } = admission;
      return { state: 'answered', answer, content, cached: true, usage, latencyMs: 0, structured: dialect.structured };
    }
    if (admission.state === 'wait') {
      await pause(LOOK_MS, stop);
      continue;
    }
    const sent = await send(asked, bodyOf(model, messages, schema, dialect), stop);
    const { latencyMs } = sent;
    if ('reply' in sent) {
      const answer = parseJudgeAnswer(sent.reply.text);
      const used = sent.reply.usage ?? worst;
      await ledger.close(admission.callId, { state: 'answered', usage: used, latencyMs, answer });
      learnDialect(address, model, dialect);
      return {
        state: 'answered',
        answer,
        content,
        cached: false,
        usage: add(usage, used),
        latencyMs,
        structured: dialect.structured,
      };
    }
    const { failure } = sent;
    const used = mayHaveCost(failure.kind) ? worst : NOTHING;
    usage = add(usage, used);
    await ledger.close(admission.callId, {
      state: 'failed',
      usage: used,
      latencyMs,
      failure: failure.kind,
      sentence: failure.message,
    });
    const other = otherDialect(dialect, failure);
    if (other) {
      dialect = other;
      continue;
    }
    if (stop.aborted) return { state: 'stopped', usage };
    const wait = nextWait({ kind: failure.kind, attempts, retryAfterMs: failure.retryAfterMs }, random());
    if (wait === null) return { state: 'failed', failure, usage };
    attempts += 1;
    await pause(wait, stop);
  }
};
