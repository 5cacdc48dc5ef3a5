/**
 * The scorer that VerIPO published for its tables (`evaluation/calculate_score.py`), quirks included; written from its
 * behaviour. Letters and VSI-Bench numbers agree with it to the digit. Its third rule is the Python package
 * `math-verify`, which is not reproduced: this house compares those expressions by its own rules and says so.
 *
 * Quirks that are kept: any letter a to j of another option inside the answer's words makes it wrong (`B. Cat`); a truth
 * of several capitals is never met when one of a to j is in it; a negative VSI-Bench truth is met by every finite number.
 *
 * Source: github.com/HITsz-TMG/VerIPO, commit 75cb2f7.
 */
import { compareMath } from '@/lib/domain/verifier/math/math';
import { parseResponse } from '@/lib/domain/verifier/response';
import { meanRelativeAccuracy10 } from './mean-relative-accuracy';
import { pythonFixed2, pythonFloat } from './python-number';
import { isCapitals, pythonStrip } from './python-text';
import type { RowScore, Scorer } from './scorer';

/** Which rule of the script scored a row. `math` is ours. */
export const veripoRules = ['letters', 'vsi-bench', 'math'] as const;
export type VeripoRule = (typeof veripoRules)[number];

export const veripo2025: Scorer = {
  summary: 'VerIPO’s published calculate_score.py: letters and VSI-Bench to the digit, expressions by our own rules',
  takesKind: false,
  prints: ({ rows, sum }) => `Accuracy: ${pythonFixed2((sum / rows) * 100)}%`,
  remark: (groups) => {
    const ours = groups.get('math')?.rows ?? 0;
    if (ours === 0) return undefined;
    const rows = ours === 1 ? '1 row was' : `${ours} rows were`;
    return `${rows} compared by our own rules for expressions, where the published script uses math-verify: this total is not reproduced to the digit`;
  },
  open: ({ path, vsiBench }) => {
    const isVsiBench = vsiBench || path.includes('vsi_bench');
    return ({ truth, response }) => scoreByRule(ruleFor(truth, isVsiBench), truth, response);
  },
};

const ruleFor = (truth: string, isVsiBench: boolean): VeripoRule => {
  if (isCapitals(truth)) return 'letters';
  return isVsiBench ? 'vsi-bench' : 'math';
};

type Scored = { readonly score: number; readonly answer: string };

const rules: Readonly<Record<VeripoRule, (truth: string, response: string) => Scored>> = {
  letters: (truth, response) => {
    const answer = withoutTags(firstAnswer(response));
    return { answer, score: hasOnlyLetter(answer, truth) ? 1 : 0 };
  },
  'vsi-bench': (truth, response) => {
    const answer = firstAnswer(response);
    return { answer, score: answer === '' ? 0 : scoreNumber(answer, truth) };
  },
  math: (truth, response) => {
    const { answer } = parseResponse(response);
    const written = answer ? response.slice(answer.start, answer.end) : response;
    return { answer: written, score: compareMath(written, MISWRITTEN_TRUTHS.has(truth) ? '24/7' : truth).score };
  },
};

const scoreByRule = (rule: VeripoRule, truth: string, response: string): RowScore => {
  const { score, answer } = rules[rule](truth, response);
  return { score, correct: score === 1, group: rule, details: { rule, published: rule !== 'math', answer } };
};

/** One MMVU truth is a list of three ways to write 24/7; the script takes it by its text, with and without a misprint. */
const MISWRITTEN_TRUTHS = new Set(["['24/7', '3.429', '3.43]", "['24/7', '3.429', '3.43']"]);

const OPEN = '<answer>';
const CLOSE = '</answer>';

/** Inside of the first answer block, stripped; empty when there is none that closes. */
const firstAnswer = (response: string): string => {
  const open = response.indexOf(OPEN);
  const close = open < 0 ? -1 : response.indexOf(CLOSE, open + OPEN.length);
  return close < 0 ? '' : pythonStrip(response.slice(open + OPEN.length, close));
};

const withoutTags = (answer: string): string => pythonStrip(answer.replaceAll(CLOSE, '').replaceAll(OPEN, ''));

const CHOICES = [...'abcdefghij'];

/** The truth stands somewhere in the answer, and none of the other letters a to j does: not even inside a word. */
const hasOnlyLetter = (answer: string, truth: string): boolean => {
  const [words, letter] = [answer.toLowerCase(), truth.toLowerCase()];
  return words.includes(letter) && CHOICES.every((choice) => choice === letter || !words.includes(choice));
};

/** Text before the first space, full stops off its end, as a number. Unreadable numbers score 0. */
const scoreNumber = (answer: string, truth: string): number => {
  const [first = ''] = pythonStrip(withoutTags(answer), '$').split(' ', 1);
  const found = pythonFloat(pythonStrip(withoutFullStops(first)));
  const wanted = pythonFloat(pythonStrip(pythonStrip(truth, '$')));
  return found === undefined || wanted === undefined ? 0 : meanRelativeAccuracy10(found, wanted);
};

const withoutFullStops = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '.') end -= 1;
  return text.slice(0, end);
};
