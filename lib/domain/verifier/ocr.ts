/** Transcription: `max(0, 1 − WER)` over words split at white space, case kept, as Video-R1's reward does. */
import type { AnswerScore } from './answer-score';
import { editDistance } from './sequences';

/** Score in [0, 1]; 1 when the words agree exactly. */
export const compareOcr = (answer: string, truth: string): AnswerScore => {
  const rate = wordErrorRate(words(truth), words(answer));
  return { score: 1 - rate, reason: `Word error rate ${rate === 1 ? '1 or more' : rate.toFixed(3)}` };
};

const words = (text: string): readonly string[] => text.match(/\S+/g) ?? [];

/** Word edits per truth word, capped at 1. An answer of twice the truth's words is at 1 whatever it says: no table. */
const wordErrorRate = (truth: readonly string[], answer: readonly string[]): number => {
  const wanted = Math.max(1, truth.length);
  if (Math.abs(answer.length - truth.length) >= wanted) return 1;
  return Math.min(1, editDistance(truth, answer) / wanted);
};
