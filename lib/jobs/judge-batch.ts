import 'server-only';
/**
 * Asks a judge about many rollouts, several at once. Every answer is kept as it comes, so that a kill loses at most
 * what is under way; what was asked before is found and not paid again. Never throws for a judge that does not answer.
 */
import { judgeLedger } from '@/lib/data/judges/ledger';
import type { JudgedRollout } from '@/lib/data/judges/open-rollouts';
import type { WorkingJudge } from '@/lib/data/judges/working';
import { type NewJudgement, writeJudgements } from '@/lib/data/judges/write';
import { blindThinking } from '@/lib/domain/judge/blind-thinking';
import { costOf, type Usage } from '@/lib/domain/judge/budget';
import { endsJudging, isRetryable } from '@/lib/domain/judge/failure';
import { judgementOf } from '@/lib/domain/judge/judgement';
import { contentHash, type JudgedText, judgeMessages } from '@/lib/domain/judge/prompt';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse, type Span } from '@/lib/domain/verifier/response';
import { type Asking, askJudge } from '@/lib/judge/ask';
import type { JudgeFailure } from '@/lib/judge/request';
import { onceAtATime, withSlot } from '@/lib/judge/slots';

export type BatchProgress = {
  /** Rollouts judged, and those of them for which nothing was sent. */
  readonly judged: number;
  readonly cached: number;
  /** Rollouts with nothing to judge. */
  readonly skipped: number;
  readonly tokens: number;
  readonly usd: number;
};

export type BatchOutcome = BatchProgress & {
  /** What stood in the way of the rest; null when nothing did. */
  readonly sentence: string | null;
};

type Batch = {
  readonly judge: WorkingJudge;
  readonly readingId: string;
  readonly rollouts: AsyncGenerator<JudgedRollout>;
  /** The judge is the one of the run's version. */
  readonly restand: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BatchProgress) => void;
};

/** So many texts in a row that nobody answered for: the judge is down. */
const MAX_FAILURES = 3;

/** Requests under way in this process, by judge and content. */
const held = new Map<string, Promise<Asking>>();

type Case = { readonly text: JudgedText; readonly think: Span; readonly answer: Span };

const caseOf = ({ kind, prompt, options, response }: JudgedRollout): Case | undefined => {
  const { think, answer } = parseResponse(response);
  if (!think || !answer) return undefined;
  const thinking = blindThinking(response, think);
  return thinking === '' ? undefined : { text: { kind, prompt, options, thinking }, think, answer };
};

/** Writes what comes in while the batch before it is being written: many at once cost one transaction. */
const createWriter = (write: (batch: readonly NewJudgement[]) => Promise<void>) => {
  let waiting: NewJudgement[] = [];
  let writing: Promise<void> = Promise.resolve();
  return (one: NewJudgement): Promise<void> => {
    waiting.push(one);
    if (waiting.length === 1) {
      writing = writing.then(() => {
        const batch = waiting;
        waiting = [];
        return write(batch);
      });
    }
    return writing;
  };
};

/** Judges all of them, as many at once as the judge allows over all tasks of this process. */
export const judgeBatch = async (batch: Batch): Promise<BatchOutcome> => {
  const { judge, readingId, rollouts, restand, signal, onProgress } = batch;
  const asked = { address: judge.address, model: judge.model, ledger: judgeLedger(judge.id) };
  const tally = { judged: 0, cached: 0, skipped: 0, usage: { inputTokens: 0, outputTokens: 0 } };
  let sentence: string | null = null;
  let ended = false;
  /** Ends what is under way too, unlike a budget that is spent. */
  const down = new AbortController();
  const stop = AbortSignal.any([signal, down.signal]);
  let [failures, answers] = [0, 0];

  const progress = (): BatchProgress => ({
    judged: tally.judged,
    cached: tally.cached,
    skipped: tally.skipped,
    tokens: tally.usage.inputTokens + tally.usage.outputTokens,
    usd: costOf(tally.usage, judge.prices),
  });
  const spend = ({ inputTokens, outputTokens }: Usage): void => {
    tally.usage = {
      inputTokens: tally.usage.inputTokens + inputTokens,
      outputTokens: tally.usage.outputTokens + outputTokens,
    };
  };
  const fail = (failure: JudgeFailure): void => {
    sentence = failure.message;
    failures += 1;
    // One text that a server refuses, e.g. as too long, says nothing of the others once it has answered some.
    const counts = isRetryable(failure.kind) || answers === 0;
    if (!endsJudging(failure.kind) && !(counts && failures >= MAX_FAILURES)) return;
    ended = true;
    down.abort();
  };
  const write = createWriter(async (news) => {
    const written = new Set(await writeJudgements(judge.id, readingId, news, restand));
    tally.judged += written.size;
    tally.cached += news.filter(({ rolloutId, cached }) => cached && written.has(rolloutId)).length;
    onProgress(progress());
  });

  const judgeOne = async (rollout: JudgedRollout): Promise<void> => {
    const found = caseOf(rollout);
    if (!found) {
      tally.skipped += 1;
      return;
    }
    const { text, think, answer } = found;
    const content = contentHash(judgeMessages(text));
    const { value, shared } = await onceAtATime(held, `${judge.id} ${content}`, () =>
      withSlot(judge.id, judge.concurrency, async () =>
        ended || signal.aborted
          ? { state: 'stopped', usage: { inputTokens: 0, outputTokens: 0 } }
          : askJudge(asked, text, stop),
      ),
    );
    // Another task began it and was cancelled.
    if (shared && value.state === 'stopped' && !ended && !signal.aborted) return judgeOne(rollout);
    if (!shared) spend(value.usage);
    if (value.state === 'spent') {
      ended = true;
      sentence = `The budget of ${judge.name} has no room for another request: raise it, and judge again.`;
    } else if (value.state === 'failed') {
      if (!shared) fail(value.failure);
    } else if (value.state === 'answered') {
      failures = 0;
      answers += 1;
      const { kind, prompt, options, response } = rollout;
      const question = prepareQuestion({ kind, prompt, options, truth: '' });
      const judgement = judgementOf(value.answer, { response, think, answer }, question);
      await write({ ...judgement, rolloutId: rollout.id, content, cached: shared || value.cached });
    }
  };

  const work = async (): Promise<void> => {
    while (!ended && !signal.aborted) {
      const next = await rollouts.next();
      if (next.done) return;
      await judgeOne(next.value);
    }
  };
  const workers = Array.from({ length: judge.concurrency }, () =>
    work().catch((error: unknown) => {
      ended = true; // The others end with it; what they have under way comes in.
      throw error;
    }),
  );
  const results = await Promise.allSettled(workers);
  await rollouts.return(undefined);
  const broken = results.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
  return { ...progress(), sentence };
};
