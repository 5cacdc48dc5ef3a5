/**
 * What hostile texts cost, in milliseconds of one thread: `npm run -s bench -- hostile`. Texts of one thing repeated at
 * two lengths, words that open a pattern with one thing repeated behind them, and made-up nonsense. No database.
 */
import { type Kind, kinds } from '@/lib/domain/question';
import { measuresSchema } from '@/lib/domain/verdict';
import { measure } from '@/lib/domain/verifier/measure';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { defaultVerifierSettings as settings } from '@/lib/domain/verifier/settings';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { type Random, seededRandom } from './random';

const LENGTHS = [1_250_000, 5_000_000];
const REACH = 60_000;
const NONSENSE_SECONDS = 30;
const SEED = 4;

const units = [
  '<think>',
  '</think>',
  '(',
  '1',
  ' ',
  'so the answer is ',
  '选 ',
  'A, ',
  '\\frac{',
  '🎬',
  '\ud800',
  '\u202e',
  'x y z ',
];
const openers = ['so the answer would', 'option', 'I choose', 'not', 'if', 'wait', 'B is', 'only', 'there are'];
const others = [
  '所以',
  '应该选',
  '选',
  '答案',
  '不是A',
  '正解',
  'La respuesta es',
  'Antwort: die',
  '\\boxed',
  '1',
  '1 /',
  '1,',
];
const pumps = [' ', '\n', '\u3000', 'A ', ',', '1', '(', '*', '是', 'not '];
const pieces: readonly [string, ...string[]] = [
  '<think>', ...['</think>', '<answer>', '</answer>', '<thi', '\\boxed{', '}', '{', '\\frac{', '\\sqrt[', '\\{', '\\}', '(', ')'],
  ...['\\begin{pmatrix}', '\\int_0^1', '\\pm ', '\\cup ', '^', '_', '=', ',', '9^9^9', '1e999999', '1/0', '0x1F', '-0', '1,234'],
  ...['so the answer is ', 'Option ', 'B. ', 'wait, no. ', 'not ', 'if ', '答案是', '因此选', '不是', '而是', 'the lamp ', '12 m'],
  ...['\ud800', '\u0000', '\u200b', '\u202e', '\u0301', 'ﷺ', '٣', '𝟗', '①', '🎬', '\n', '\u3000', 'constructor', '|'],
]; // biome-ignore format: a list

type Worst = { cases: number; ms: number; of: string };

const timed = (
  worst: Worst,
  kind: Kind,
  response: string,
  of: string,
  options: readonly string[],
  truth: string,
): void => {
  const began = process.threadCpuUsage();
  const question = prepareQuestion({ kind, prompt: '', options, truth });
  const measures = measure(question, { response, finishReason: 'unknown', thinkTokens: null }, settings);
  const { user, system } = process.threadCpuUsage(began);
  measuresSchema.parse(measures);
  for (const { start, end } of measures.evidence) {
    if (start > end || end > response.length) throw new Error(`evidence outside the text: ${of}`);
  }
  const ms = (user + system) / 1000;
  worst.cases += 1;
  if (ms > worst.ms) [worst.ms, worst.of] = [ms, of];
};

const fill = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length));
const told = ({ cases, ms, of }: Worst): string => `${cases} texts, the worst ${ms.toFixed(0)} ms (${of})`;
const OPTIONS = ['a red car', '12', 'B'];
const all = (worst: Worst, response: string, of: string): void => {
  for (const kind of kinds) timed(worst, kind, response, `${kind}, ${of}`, kind === 'choice' ? OPTIONS : [], 'B');
};

const repeated = (size: number): Worst => {
  const worst: Worst = { cases: 0, ms: 0, of: '' };
  for (const unit of units) {
    const text = fill(unit, size);
    all(worst, `<think>${text}</think><answer>B</answer>`, `thinking of ${JSON.stringify(unit)}`);
    all(worst, `<think>so B</think><answer>${text}</answer>`, `answer of ${JSON.stringify(unit)}`);
  }
  return worst;
};

const pumped = (): Worst => {
  const worst: Worst = { cases: 0, ms: 0, of: '' };
  for (const word of [...openers, ...others]) {
    for (const pump of pumps) {
      const text = word + fill(pump, REACH);
      const of = `${JSON.stringify(word)} and ${JSON.stringify(pump)}`;
      for (const kind of ['choice', 'number'] as const) {
        timed(worst, kind, `<think>${text}</think><answer>B</answer>`, of, kind === 'choice' ? OPTIONS : [], 'B');
      }
    }
  }
  return worst;
};

const nonsenseOf = (random: Random, most: number): string =>
  Array.from({ length: random.whole(0, most) }, () =>
    random.next() < 0.1 ? String.fromCharCode(random.whole(0, 0xffff)) : random.pick(pieces),
  ).join('');

const nonsense = (): Worst => {
  const worst: Worst = { cases: 0, ms: 0, of: '' };
  const random = seededRandom(SEED);
  const until = performance.now() + NONSENSE_SECONDS * 1000;
  while (performance.now() < until) {
    const kind = random.pick(kinds);
    const options = Array.from({ length: random.whole(0, 27) }, () => nonsenseOf(random, 6));
    const response = `<think>${nonsenseOf(random, 40)}</think><answer>${nonsenseOf(random, 16)}</answer>`;
    timed(worst, kind, response, kind, kind === 'choice' ? options : [], nonsenseOf(random, 12));
  }
  return worst;
};

main(async () => {
  for (const size of LENGTHS) say(`One thing repeated over ${size / 1e6} million characters: ${told(repeated(size))}`);
  say(`A word, then one thing over ${REACH} characters: ${told(pumped())}`);
  say(`Nonsense against nonsense, seed ${SEED}: ${told(nonsense())}`);
  return 0;
});
