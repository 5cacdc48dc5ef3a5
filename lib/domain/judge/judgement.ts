/** What a judge's answer means for one rollout: its conclusion against the rollout's answer, with evidence. */
import type { Consistency, Evidence } from '@/lib/domain/verdict';
import { compareConcluded } from '@/lib/domain/verifier/consistency/compare-concluded';
import { locateQuote } from '@/lib/domain/verifier/consistency/locate-quote';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import type { Span } from '@/lib/domain/verifier/response';
import { type JudgeAnswer, withoutSlips } from './answer';

export type Judgement = {
  readonly consistency: Consistency;
  readonly concluded: string | null;
  /** Offsets into the response. */
  readonly evidence: readonly Evidence[];
  /** One sentence for people. */
  readonly reason: string;
};

type Place = { readonly response: string; readonly think: Span; readonly answer: Span };

const MAX_SAID = 60;
const said = (text: string): string => (text.length > MAX_SAID ? `${text.slice(0, MAX_SAID).toWellFormed()}…` : text);

const undetermined = (reason: string, concluded: string | null = null): Judgement => ({
  consistency: 'undetermined',
  concluded,
  evidence: [],
  reason,
});

/**
 * Compares by the same comparators as the rules. A conclusion counts only with its sentence found in the thinking:
 * what a judge made up, or was talked into, is no evidence.
 */
export const judgementOf = (
  answer: JudgeAnswer,
  { response, think, answer: given }: Place,
  question: PreparedQuestion,
): Judgement => {
  if (answer.state === 'malformed') return undetermined('The judge did not answer in the form that it was asked for');
  if (answer.concluded === null) return undetermined('The judge finds no conclusion in the thinking');
  const { concluded } = answer;
  const quote = findQuote(response.slice(think.start, think.end), answer.quote);
  if (!quote) {
    return undetermined(`The judge reads ${said(concluded)}, but what it quotes is not in the thinking`, concluded);
  }
  const text = response.slice(given.start, given.end);
  const consistency = compareConcluded(concluded, text, question);
  if (consistency === 'undetermined') {
    return undetermined(`The judge reads ${said(concluded)}, which cannot be compared with the answer`, concluded);
  }
  const same = consistency === 'consistent';
  const at = (role: Evidence['role'], { start, end }: Span): Evidence => ({ check: 'consistency', role, start, end });
  const span = { start: quote.start + think.start, end: quote.end + think.start };
  return {
    consistency,
    concluded,
    evidence: [at(same ? 'conclusion' : 'contradiction', span), at('answer', given)],
    reason: same
      ? `The judge reads ${said(concluded)}, as the answer says`
      : `The judge reads ${said(concluded)}, the answer says ${said(text.trim())}`,
  };
};

const findQuote = (thinking: string, quote: string | null): Span | undefined => {
  if (quote === null) return undefined;
  return locateQuote(thinking, quote) ?? locateQuote(thinking, withoutSlips(quote));
};
