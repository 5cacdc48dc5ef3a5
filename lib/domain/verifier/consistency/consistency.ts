/**
 * Consistency: does the thinking conclude what the answer says? Rules only: a judge may decide later what they leave
 * `undetermined`. The truth is never looked at. A wrong `inconsistent` is worse than an `undetermined`.
 */
import type { Consistency, Evidence } from '@/lib/domain/verdict';
import { type ChoiceReading, readChoice } from '@/lib/domain/verifier/choice';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import type { Span } from '@/lib/domain/verifier/response';
import { agree } from './agreement';
import { sameOption } from './compare-concluded';
import { type Concluded, concludeChoice } from './concluded-choice';
import { concludeValue } from './concluded-value';
import { contradictsNone } from './none-fits';

export type ConsistencyReading = {
  readonly consistency: Consistency;
  /** What the thinking concludes: a letter for `choice`, else the text of the conclusion. */
  readonly concluded: string | null;
  /** Offsets into the response. */
  readonly evidence: readonly Evidence[];
  readonly reason: string;
};

/** Longest conclusion text that is kept. */
const MAX_CONCLUDED = 200;

const undetermined = (reason: string, concluded: string | null = null): ConsistencyReading => ({
  consistency: 'undetermined',
  concluded,
  evidence: [],
  reason,
});

/** Compares the thinking with the answer. Either may be missing: then the result is `undetermined`. */
export const checkConsistency = (
  response: string,
  think: Span | null,
  answer: Span | null,
  question: PreparedQuestion,
): ConsistencyReading => {
  if (!answer || answer.start >= answer.end) return undetermined('There is no answer to compare with');
  if (!think || think.start >= think.end) return undetermined('There is no thinking');
  const thinking = response.slice(think.start, think.end);
  const answerText = response.slice(answer.start, answer.end);
  return question.kind === 'choice'
    ? checkChoice(thinking, think.start, answerText, answer, question)
    : checkValue(thinking, think.start, answerText, answer, question);
};

const checkChoice = (
  thinking: string,
  offset: number,
  answerText: string,
  answer: Span,
  question: PreparedQuestion,
): ConsistencyReading => {
  const { found, reason } = concludeChoice(thinking, question);
  if (!found) return undetermined(reason);
  const choice = readChoice(answerText, question);
  if (found.value === '') return checkNone(thinking, offset, found, readChoice(answerText, question), answer, question);
  const letters = [...found.value];
  const concluded = letters.length === 1 ? found.value : null;
  if (choice.letter === null) return undetermined(choice.reason, concluded);
  const { letter } = choice;
  const same = letters.every((other) => other === letter || sameOption(letter, other, question));
  if (!same && (found.isOpen || letters.includes(letter))) {
    return undetermined(`The thinking leaves open ${letters.join(' or ')}`);
  }
  if (!same && found.isWeak) return undetermined('The thinking states no conclusion that can be read', concluded);
  if (!same && found.guesses.includes(letter)) {
    return undetermined(`The thinking concludes ${letters.join(' or ')} and leaves ${letter} open`, concluded);
  }
  return {
    consistency: same ? 'consistent' : 'inconsistent',
    concluded,
    evidence: evidenceOf(same, found.span, found.sentence, offset, answer),
    reason: same
      ? `The thinking concludes ${letter}, as the answer says`
      : `The thinking concludes ${letters.join(' or ')}, the answer says ${letter}`,
  };
};

/** The thinking concludes that no option fits: an answer it never came near contradicts that. */
const checkNone = (
  thinking: string,
  offset: number,
  { span, sentence, isWeak }: Concluded,
  { letter }: ChoiceReading,
  answer: Span,
  question: PreparedQuestion,
): ConsistencyReading => {
  if (letter === null || isWeak || !contradictsNone(thinking, span, letter, question)) {
    return undetermined('The thinking concludes that no option fits');
  }
  return {
    consistency: 'inconsistent',
    concluded: null,
    evidence: evidenceOf(false, span, sentence, offset, answer),
    reason: `The thinking concludes that no option fits, the answer says ${letter}`,
  };
};

const checkValue = (
  thinking: string,
  offset: number,
  answerText: string,
  answer: Span,
  question: PreparedQuestion,
): ConsistencyReading => {
  const found = concludeValue(thinking);
  if (!found) return undetermined('The thinking states no conclusion');
  const agreement = agree(found.value, answerText, question.kind);
  if (found.isTentative && agreement !== 'same') return undetermined('The thinking states no conclusion');
  const concluded = found.value.slice(0, MAX_CONCLUDED).toWellFormed();
  const wavers =
    agreement === 'different' && found.guesses.some((guess) => agree(guess, answerText, question.kind) === 'same');
  if (wavers) return undetermined('The thinking concludes something, then guesses at the answer', concluded);
  if (agreement === 'unclear') return undetermined('The conclusion cannot be compared with the answer', concluded);
  const same = agreement === 'same';
  return {
    consistency: same ? 'consistent' : 'inconsistent',
    concluded,
    evidence: evidenceOf(same, found.span, found.sentence, offset, answer),
    reason: same
      ? 'The thinking concludes what the answer says'
      : 'The thinking concludes something else than the answer',
  };
};

const evidenceOf = (same: boolean, phrase: Span, sentence: Span, offset: number, answer: Span): readonly Evidence[] => {
  const conclusion = evidenceAt('conclusion', phrase, offset);
  const stated = evidenceAt('answer', answer, 0);
  return same ? [conclusion, stated] : [conclusion, evidenceAt('contradiction', sentence, offset), stated];
};

const evidenceAt = (role: Evidence['role'], { start, end }: Span, offset: number): Evidence => ({
  check: 'consistency',
  role,
  start: start + offset,
  end: end + offset,
});
