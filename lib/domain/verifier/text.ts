/**
 * Free text: the mean of ROUGE-1, ROUGE-2 and ROUGE-L F1 with stemming, as Python's `rouge_score` computes them
 * (tokens `[a-z0-9]+` of the lower-cased text, words longer than three characters stemmed).
 */
import type { AnswerScore } from './answer-score';
import { porterStem } from './porter-stemmer';
import { lcsLength } from './sequences';

/** Tokens of a text as `rouge_score` makes them with `use_stemmer=True`. */
export const rougeTokens = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => (word.length > 3 ? porterStem(word) : word));

/** Mean ROUGE-1/2/L F1 in [0, 1]. */
export const compareText = (answer: string, truth: string): AnswerScore => {
  const score = meanRouge(rougeTokens(truth), rougeTokens(answer));
  return { score, reason: `Words overlap by ROUGE ${score.toFixed(3)} (mean of ROUGE-1, 2 and L F1)` };
};

/** Mean of the three F1 scores over tokens; 0 when either side has none. */
export const meanRouge = (truth: readonly string[], answer: readonly string[]): number =>
  (ngramF1(truth, answer) + ngramF1(bigrams(truth), bigrams(answer)) + lcsF1(truth, answer)) / 3;

const bigrams = (tokens: readonly string[]): readonly string[] =>
  tokens.slice(1).map((token, i) => `${tokens[i]} ${token}`);

const f1 = (common: number, truthCount: number, answerCount: number): number => {
  if (common === 0) return 0;
  const precision = common / answerCount;
  const recall = common / truthCount;
  return (2 * precision * recall) / (precision + recall);
};

const ngramF1 = (truth: readonly string[], answer: readonly string[]): number => {
  const left = new Map<string, number>();
  for (const gram of truth) left.set(gram, (left.get(gram) ?? 0) + 1);
  let common = 0;
  for (const gram of answer) {
    const count = left.get(gram) ?? 0;
    if (count === 0) continue;
    left.set(gram, count - 1);
    common += 1;
  }
  return f1(common, truth.length, answer.length);
};

const lcsF1 = (truth: readonly string[], answer: readonly string[]): number =>
  f1(lcsLength(truth, answer), truth.length, answer.length);
