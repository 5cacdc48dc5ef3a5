/** Accuracy: the answer `a` against the truth `g`, by the comparator of the question's kind. */
import type { Kind, QuestionCore } from '@/lib/domain/question';
import { compareMath } from '@/lib/domain/verifier/math/math';
import { compareNumber } from '@/lib/domain/verifier/math/number';
import type { AnswerScore } from './answer-score';
import { compareChoice } from './choice';
import { compareOcr } from './ocr';
import { asPrepared, type PreparedQuestion } from './prepared-question';
import { compareRegression } from './regression';
import { compareText } from './text';

type Comparator = (answer: string, question: PreparedQuestion) => AnswerScore;

const comparators: Readonly<Record<Kind, Comparator>> = {
  choice: compareChoice,
  number: (answer, { truth }) => compareNumber(answer, truth),
  math: (answer, { truth }) => compareMath(answer, truth),
  regression: (answer, { truth }) => compareRegression(answer, truth),
  ocr: (answer, { truth }) => compareOcr(answer, truth),
  text: (answer, { truth }) => compareText(answer, truth),
};

/**
 * Scores an answer in [0, 1] with a sentence that says why. An empty answer scores 0. Never throws on any answer.
 * The caller makes sure that the question has a truth.
 */
export const compareAnswer = (question: QuestionCore | PreparedQuestion, answer: string): AnswerScore =>
  answer.trim() === '' ? { score: 0, reason: 'No answer' } : comparators[question.kind](answer, asPrepared(question));
