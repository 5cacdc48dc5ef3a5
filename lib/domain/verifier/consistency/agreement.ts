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

/** Whether a concluded text and the answer say the same. `unclear` rather than a wrong `different`. */
export const agree = (concluded: string, answer: string, kind: Kind): Agreement => {
  if (kind === 'number' || kind === 'regression') return agreeNumber(concluded, answer);
  return kind === 'math' ? agreeMath(concluded, answer) : agreeText(concluded, answer);
};

const agreeMath = (concluded: string, answer: string): Agreement => {
  const value = (lastBoxed(concluded) ?? concluded).replace(/[.。]\s*$/, '');
  const wanted = lastBoxed(answer) ?? answer;
  if (value.length <= MAX_EXPRESSION && sameExpression(value, wanted)) return 'same';
  // A formula that no rule finds equal may still be equal; two plain numbers may not.
  return isPlain(wanted) && !/[\\^_{]/.test(value) ? agreeNumber(value, wanted) : 'unclear';
};

const isPlain = (text: string): boolean => /^[-+$\s]{0,4}\d[\d.,\s]{0,20}(?:[a-zA-Z°%]{0,10})\s*$/.test(text);

const agreeText = (concluded: string, answer: string): Agreement => {
  const [a, b] = [rougeTokens(concluded), rougeTokens(answer)];
  if (a.length === 0 || b.length === 0) return concluded.includes(answer) ? 'same' : 'unclear';
  const [left, right] = [` ${a.join(' ')} `, ` ${b.join(' ')} `];
  if (left.includes(right) || right.includes(left) || meanRouge(b, a) >= 0.5) return 'same';
  if (a.length > 12 || b.length > 12) return 'unclear';
  const shared = b.some((token) => token.length > 3 && a.includes(token));
  return shared ? 'unclear' : 'different';
};
