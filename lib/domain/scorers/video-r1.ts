/**
 * Video-R1's rewards: accuracy by `problem_type` in [0, 1], and format in {0, 1}. Its known faults are left out unless
 * they are asked for. Source: github.com/tulerfeng/Video-R1, `src/r1-v/src/open_r1/grpo.py`, commit 59d65c3; written
 * from its formulas.
 */
import type { Kind } from '@/lib/domain/question';
import { editDistance } from '@/lib/domain/verifier/sequences';
import { meanRouge, rougeTokens } from '@/lib/domain/verifier/text';
import type { Prediction } from './prediction';
import { pythonFloat, pythonRound2 } from './python-number';
import { isPythonSpace, pythonStrip, pythonWords } from './python-text';
import type { RowScore, Scorer } from './scorer';
import type { VideoR1Fault } from './video-r1-faults';

type Faults = ReadonlySet<VideoR1Fault>;
type Formula = (answer: string, truth: string, faults: Faults) => number;

export const videoR1: Scorer = {
  summary: 'Video-R1’s reward formulas by problem type, without their known faults (--faults copies them)',
  takesKind: true,
  open: ({ kind, faults, batch }) => {
    let row = 0;
    let firstType = '';
    return (prediction) => {
      const own = kind === undefined ? typeOf(prediction, faults) : typeByKind[kind];
      if (row % batch === 0) firstType = own;
      row += 1;
      return scoreByType(faults.has('first-type') ? firstType : own, prediction, faults);
    };
  },
};

/** Video-R1's word for a kind of ours. It has none for `math`. */
const typeByKind: Readonly<Record<Kind, string>> = {
  choice: 'multiple choice',
  number: 'numerical',
  math: 'math',
  regression: 'regression',
  ocr: 'OCR',
  text: 'free-form',
};

/** As the row states it; where that is no word of Video-R1's, from the kind that the studio sees. */
const typeOf = ({ problemType, rollout }: Prediction, faults: Faults): string => {
  if (problemType !== null && (formulas.has(problemType) || faults.has('unknown-type'))) return problemType;
  return 'refused' in rollout ? (problemType ?? '') : typeByKind[rollout.question.kind];
};

const scoreByType = (type: string, { truth, response }: Prediction, faults: Faults): RowScore => {
  const answer = extractAnswer(response);
  const formula = formulas.get(type);
  const wanted = truth.includes('<answer>') ? extractAnswer(truth) : pythonStrip(truth);
  const unscored = faults.has('unknown-type') ? 0 : null;
  const score = formula ? formula(answer, wanted, faults) : unscored;
  const format = hasFormat(response) ? 1 : 0;
  const reward = score === null ? null : score + format;
  const reason = formula ? {} : { reason: `Video-R1 has no formula for ${JSON.stringify(type.slice(0, 40))}` };
  return {
    score,
    correct: score === 1,
    group: type,
    details: { problemType: type, answer, format, reward, ...reason },
  };
};

const clamp01 = (value: number): number => Math.max(0, Math.min(1, value));

const scoreNumber: Formula = (answer, truth, faults) => {
  if (faults.has('separators') && /[.,]/.test(answer) !== /[.,]/.test(truth)) return 0;
  const [found, wanted] = [numberOf(answer), numberOf(truth)];
  if (found === undefined || wanted === undefined) return 0;
  return pythonRound2(found) === pythonRound2(wanted) ? 1 : 0;
};

const scoreRegression: Formula = (answer, truth, faults) => {
  const [found, wanted] = [numberOf(answer), numberOf(truth)];
  if (found === undefined || wanted === undefined) return 0;
  const epsilon = faults.has('epsilon') ? 1e-9 : 0;
  const distance = Math.abs(found - wanted) + epsilon;
  // Without the epsilon 0 is met by 0 only.
  if (distance === 0) return 1;
  const relative = distance / (Math.abs(wanted) + epsilon);
  // Python's `max(0.0, nan)` is 0.0: no distance at all.
  if (Number.isNaN(relative)) return faults.has('nan') ? 1 : 0;
  return 1 - clamp01(relative);
};

const scoreTranscript: Formula = (answer, truth) => {
  const wanted = pythonWords(truth);
  return clamp01(1 - editDistance(wanted, pythonWords(answer)) / Math.max(1, wanted.length));
};

const formulas: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ['multiple choice', (answer, truth) => (answer === truth ? 1 : 0)],
  ['numerical', scoreNumber],
  ['OCR', scoreTranscript],
  ['free-form', (answer, truth) => clamp01(meanRouge(rougeTokens(truth), rougeTokens(answer)))],
  ['regression', scoreRegression],
]);

const numberOf = (text: string): number | undefined => pythonFloat(text.replaceAll(',', ''));

const OPEN = '<answer>';
const CLOSE = '</answer>';

/** Inside of the first answer block, stripped; empty when there is none that closes. */
const extractAnswer = (text: string): string => {
  const open = text.indexOf(OPEN);
  const close = open < 0 ? -1 : text.indexOf(CLOSE, open + OPEN.length);
  return close < 0 ? '' : pythonStrip(text.slice(open + OPEN.length, close));
};

const THINK = '<think>';
const JOINT = '</think>';

/**
 * The whole text is `<think>…</think>` space `<answer>…</answer>`, with anything inside either. One joint is enough,
 * so every `</think>` before an `<answer>` is looked at: the pattern of the source would backtrack.
 */
const hasFormat = (text: string): boolean => {
  if (!text.startsWith(THINK) || !text.endsWith(CLOSE)) return false;
  const last = text.length - CLOSE.length;
  for (let at = text.indexOf(JOINT, THINK.length); at >= 0; at = text.indexOf(JOINT, at + 1)) {
    let next = at + JOINT.length;
    while (isPythonSpace(text.charAt(next))) next += 1;
    if (text.startsWith(OPEN, next)) return next + OPEN.length <= last;
  }
  return false;
};
