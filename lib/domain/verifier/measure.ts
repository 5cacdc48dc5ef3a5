/**
 * Reads one rollout: five checks, scores with evidence. Pure and total: any text gives measures, in time linear in
 * its length.
 */
import type { QuestionCore } from '@/lib/domain/question';
import type { FinishReason, TokenCountSource } from '@/lib/domain/rollout';
import type { Check, Evidence, Measures } from '@/lib/domain/verdict';
import { compareAnswer } from './accuracy';
import { checkConsistency } from './consistency/consistency';
import { estimateTokens } from './length';
import { asPrepared, type PreparedQuestion } from './prepared-question';
import { measureRepetition, type Repetition } from './repetition';
import { type ParsedResponse, parseResponse, type Span } from './response';
import type { VerifierSettings } from './settings';
import { type Tokens, tokenize } from './tokens';

export type Sample = {
  readonly response: string;
  readonly finishReason: FinishReason;
  /** Tokens of the thinking as the trainer counted them; null when it did not. */
  readonly thinkTokens: number | null;
};

const CUT_QUOTE = 80;

/** Exact tokens of a text; null for one too long to count in bounded time. */
export type CountTokens = (text: string) => number | null;

type Length = { readonly thinkTokens: number; readonly tokenSource: TokenCountSource };

/**
 * Measures one sample. Hand a prepared question to all samples of a group: preparing it costs more than reading.
 * `countTokens` is the tokenizer that the settings name; without it a length that the trainer did not count is an
 * estimate.
 */
export const measure = (
  question: QuestionCore | PreparedQuestion,
  sample: Sample,
  settings: Pick<VerifierSettings, 'repetitionNgram'>,
  countTokens?: CountTokens,
): Measures => {
  const prepared = asPrepared(question);
  const { response } = sample;
  const parsed = parseResponse(response);
  const cutOff = parsed.cutOff || sample.finishReason === 'length';
  const answer = usableAnswer(parsed, sample);
  const answerText = answer ? response.slice(answer.start, answer.end) : null;
  const accuracy = prepared.truth.trim() === '' ? null : compareAnswer(prepared, answerText ?? '');
  const consistency = checkConsistency(response, parsed.think, answer, prepared);
  const tokens = tokenize(response);
  const repetition = measureRepetition(tokens, settings.repetitionNgram);
  const { thinkTokens, tokenSource } = lengthOf(sample, parsed.think, tokens, countTokens);
  return {
    wellFormed: parsed.wellFormed,
    cutOff,
    answer: answerText,
    accuracy: accuracy ? accuracy.score : null,
    consistency: consistency.consistency,
    concluded: consistency.concluded,
    repetition: repetition.score,
    thinkTokens,
    tokenSource,
    evidence: [
      ...formEvidence(response, parsed, cutOff),
      ...(answer && accuracy ? [evidence('accuracy', 'answer', answer)] : []),
      ...consistency.evidence,
      ...repetitionEvidence(repetition),
    ],
    reasons: {
      format: formatReason(parsed),
      accuracy: accuracy ? accuracy.reason : 'The question has no reference answer',
      consistency: consistency.reason,
      repetition: repetitionReason(repetition),
      length: lengthReason(thinkTokens, tokenSource === 'estimate', cutOff),
    },
  };
};

/** The trainer's count, else the tokenizer's, else an estimate. */
const lengthOf = (sample: Sample, think: Span | null, tokens: Tokens, countTokens: CountTokens | undefined): Length => {
  if (sample.thinkTokens !== null) return { thinkTokens: sample.thinkTokens, tokenSource: 'trainer' };
  const exact = countTokens?.(think ? sample.response.slice(think.start, think.end) : '') ?? null;
  if (exact !== null) return { thinkTokens: exact, tokenSource: 'tokenizer' };
  return { thinkTokens: think ? estimateTokens(sample.response, tokens, think) : 0, tokenSource: 'estimate' };
};

/**
 * An answer that never closed may be cut in the middle (`1` of `12`), so it counts only when sampling stopped by
 * itself: servers that stop at `</answer>` leave the tag out.
 */
const usableAnswer = (parsed: ParsedResponse, sample: Sample): Span | null =>
  parsed.answer && (parsed.answerClosed || sample.finishReason === 'stop') ? parsed.answer : null;

const evidence = (check: Check, role: Evidence['role'], { start, end }: Span): Evidence => ({
  check,
  role,
  start,
  end,
});

const formEvidence = (response: string, parsed: ParsedResponse, cutOff: boolean): readonly Evidence[] => {
  if (parsed.wellFormed && !cutOff) return [];
  const tail = { start: Math.max(0, response.length - CUT_QUOTE), end: response.length };
  const malformed = parsed.wellFormed ? [] : [evidence('format', 'malformed', malformedSpan(response, parsed))];
  return cutOff ? [...malformed, evidence('length', 'cut', tail)] : malformed;
};

/** The first place that breaks the form: text before the thinking, between the blocks or behind the answer. */
const malformedSpan = (response: string, parsed: ParsedResponse): Span => {
  const { think, answer } = parsed;
  if (!think) return { start: 0, end: Math.min(response.length, CUT_QUOTE) };
  if (!answer) return { start: Math.max(think.start, response.length - CUT_QUOTE), end: response.length };
  const start = Math.min(think.end, answer.start);
  return { start, end: Math.max(start, answer.start) };
};

const formatReason = (parsed: ParsedResponse): string => {
  if (parsed.wellFormed) return 'One think block, then one answer block';
  if (!parsed.think && !parsed.answer) return 'There are no think and answer blocks';
  if (!parsed.think) return 'There is no think block';
  if (!parsed.answer) return parsed.cutOff ? 'The text ends before an answer' : 'There is no answer block';
  if (!parsed.answerClosed) return 'The answer block never closes';
  return 'There is more, or in another order, than one think block and one answer block';
};

const repetitionEvidence = (repetition: Repetition): readonly Evidence[] => [
  ...repetition.repeats.map((span) => evidence('repetition', 'repeat', span)),
  ...(repetition.loop ? [evidence('repetition', 'loop', repetition.loop)] : []),
];

const repetitionReason = ({ score, loop }: Repetition): string => {
  if (score === 0) return 'No repeated passages';
  const share = `${Math.round(score * 100)} % of the words repeat earlier passages`;
  return loop ? `${share}, and the text ends in a loop` : share;
};

const lengthReason = (tokens: number, isEstimate: boolean, cutOff: boolean): string => {
  const count = `${isEstimate ? 'About ' : ''}${tokens} tokens of thinking`;
  return cutOff ? `${count}, cut off` : count;
};
