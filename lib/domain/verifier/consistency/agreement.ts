/** Whether a concluded number, expression or text and an answer say the same. */
import type { Kind } from '@/lib/domain/question';
import { lastBoxed } from '@/lib/domain/verifier/math/boxed';
import { sameExpression } from '@/lib/domain/verifier/math/math';
import { meanRouge, rougeTokens } from '@/lib/domain/verifier/text';
import { agreeNumber } from './number-agreement';

/** `unclear` where nobody can tell: the other two are claims. */
export type Agreement = 'same' | 'different' | 'unclear';

/** An expression is short; a longer text is prose, which is not read as one. */
const MAX_EXPRESSION = 160;
/** A longer answer is no answer to compare word by word with one sentence. */
const MAX_TEXT = 20_000;

/** Whether a concluded text and the answer say the same. `unclear` rather than a wrong `different`. */
export const agree = (concluded: string, answer: string, kind: Kind): Agreement => {
  if (kind === 'number' || kind === 'regression') return agreeNumber(concluded, answer);
  return kind === 'math' ? agreeMath(concluded, answer) : agreeText(concluded, answer, kind === 'ocr');
};

const agreeMath = (concluded: string, answer: string): Agreement => {
  const value = (lastBoxed(concluded) ?? concluded).replace(/[.。]\s*$/, '');
  const wanted = lastBoxed(answer) ?? answer;
  if (value.length <= MAX_EXPRESSION && sameExpression(value, wanted)) return 'same';
  // A formula that no rule finds equal may still be equal; two plain numbers may not.
  return isPlain(wanted) && !/[\\^_{]/.test(value) ? agreeNumber(value, wanted) : 'unclear';
};

const isPlain = (text: string): boolean => /^[-+$\s]{0,4}\d[\d.,\s]{0,20}(?:[a-zA-Z°%]{0,10})\s*$/.test(text);

/**
 * Two texts in other words may mean the same, so only opposites and other numbers contradict; a text that was read
 * off the screen has no other words.
 */
const agreeText = (concluded: string, answer: string, isRead: boolean): Agreement => {
  if (answer.length > MAX_TEXT) return 'unclear';
  const [a, b] = [rougeTokens(concluded), rougeTokens(answer)];
  if (a.length === 0 || b.length === 0) return concluded.includes(answer) ? 'same' : 'unclear';
  if (opposed(a, b)) return 'different';
  const [left, right] = [` ${a.join(' ')} `, ` ${b.join(' ')} `];
  if (left.includes(right) || right.includes(left)) return 'same';
  // Half of the words are enough, but not where they count something else.
  if (meanRouge(b, a) >= 0.5) return numeralsOf(a) === numeralsOf(b) ? 'same' : 'unclear';
  if (!isRead || a.length > MAX_WORDS || b.length > MAX_WORDS) return 'unclear';
  return b.some((token) => token.length > 3 && a.includes(token)) ? 'unclear' : 'different';
};

const MAX_WORDS = 12;
const opposites: ReadonlyMap<string, string> = new Map(
  'yes no,true false,left right,up down,before after,increas decreas,north south,east west,open close,first last'
    .split(',')
    .map((pair) => pair.split(' '))
    .flatMap(([one = '', other = '']): [string, string][] => [
      [one, other],
      [other, one],
    ]),
);
const fillers = new Set('the a an it is are was that to of in on answer'.split(' '));

/** The same words but for one, which is the opposite or another number. */
const opposed = (a: readonly string[], b: readonly string[]): boolean => {
  const [left, right] = [a, b].map((tokens) => tokens.filter((token) => !fillers.has(token)));
  if (!left || !right || left.length !== right.length || left.length > MAX_WORDS) return false;
  const unlike = left.flatMap((token, at) => (token === right[at] ? [] : [[token, right[at] ?? ''] as const]));
  const [pair] = unlike;
  if (!pair || unlike.length > 1) return false;
  return opposites.get(pair[0]) === pair[1] || (isNumeral(pair[0]) && isNumeral(pair[1]));
};

const numeralsOf = (tokens: readonly string[]): string => tokens.filter(isNumeral).join(' ');
const isNumeral = (token: string): boolean => /^\d+$/.test(token);
