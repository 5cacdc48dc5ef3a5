/**
 * Free text: the mean of ROUGE-1, ROUGE-2 and ROUGE-L F1 with stemming, as Python's `rouge_score` computes them
 * (tokens `[a-z0-9]+` of the lower-cased text, words longer than three characters stemmed).
 */
import type { AnswerScore } from './answer-score';
import { porterStem } from './porter-stemmer';

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
  const precision = common / Math.max(answerCount, 1);
  const recall = common / Math.max(truthCount, 1);
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
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

const WORD_BITS = 31;

/**
 * Length of the longest common subsequence, bit-parallel: one machine word per 31 truth tokens and answer token, so
 * that an answer of a million words stays cheap. Source: Hyyrö, "Bit-parallel LCS-length computation revisited".
 */
export const lcsLength = (truth: readonly string[], answer: readonly string[]): number => {
  const words = Math.ceil(truth.length / WORD_BITS);
  const masks = new Map<string, Int32Array>();
  truth.forEach((token, i) => {
    const mask = masks.get(token) ?? new Int32Array(words);
    const word = Math.floor(i / WORD_BITS);
    mask[word] = (mask[word] ?? 0) | (1 << (i % WORD_BITS));
    masks.set(token, mask);
  });
  const full = 0x7fffffff;
  const rows = new Int32Array(words).fill(full);
  for (const token of answer) {
    const mask = masks.get(token);
    if (!mask) continue;
    let carry = 0;
    for (let w = 0; w < words; w += 1) {
      const v = rows[w] ?? 0;
      const m = mask[w] ?? 0;
      const sum = v + (v & m) + carry; // at most 2^32: exact as a double
      carry = sum > full ? 1 : 0;
      rows[w] = (sum & full) | (v & ~m);
    }
  }
  let zeros = 0;
  for (let i = 0; i < truth.length; i += 1) {
    if (((rows[Math.floor(i / WORD_BITS)] ?? 0) & (1 << (i % WORD_BITS))) === 0) zeros += 1;
  }
  return zeros;
};
