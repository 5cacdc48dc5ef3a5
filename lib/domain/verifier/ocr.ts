/** Transcription: `max(0, 1 − WER)` over words split at white space, case kept, as Video-R1's reward does. */
import type { AnswerScore } from './answer-score';

/** Score in [0, 1]; 1 when the words agree exactly. */
export const compareOcr = (answer: string, truth: string): AnswerScore => {
  const rate = wordErrorRate(words(truth), words(answer));
  const score = Math.max(0, 1 - rate);
  return { score, reason: `Word error rate ${rate >= 1 ? '1 or more' : rate.toFixed(3)}` };
};

const words = (text: string): readonly string[] => text.match(/\S+/g) ?? [];

/** Word edits per truth word, capped at 1. An answer of twice the truth's words is at 1 whatever it says: no table. */
export const wordErrorRate = (truth: readonly string[], answer: readonly string[]): number => {
  const wanted = Math.max(1, truth.length);
  if (Math.abs(answer.length - truth.length) >= wanted) return 1;
  let previous = Int32Array.from({ length: truth.length + 1 }, (_, i) => i);
  let current = new Int32Array(truth.length + 1);
  for (let row = 1; row <= answer.length; row += 1) {
    current[0] = row;
    for (let column = 1; column <= truth.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (answer[row - 1] === truth[column - 1] ? 0 : 1);
      const gap = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current[column] = Math.min(substitution, gap);
    }
    [previous, current] = [current, previous];
  }
  return Math.min(1, (previous[truth.length] ?? 0) / wanted);
};
