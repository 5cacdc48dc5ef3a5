/** Rows of the published shape for comparing scorers: hostile ones that are made up, the same for the same seed. */
import { type Random, seededRandom } from '@/bench/random';

export type PublishedRow = {
  readonly question: { readonly question: string };
  readonly ground_truth: unknown;
  readonly model_output: string;
  /** Whether the file's path says `vsi_bench`. */
  readonly vsi: boolean;
};

const around = (random: Random, answer: string): string =>
  random.pick([
    `<think>hm</think><answer>${answer}</answer>`,
    `<think>hm</think><answer>${answer}</answer>`,
    `<think>hm</think>\n<answer>\n ${answer}\t</answer>\n`,
    `<answer>${answer}</answer><answer>C</answer>`,
    `<answer><answer>${answer}</answer>`,
    `<answer>${answer}`,
    `${answer}</answer><answer>1</answer>`,
    `<answer></answer><answer>${answer}</answer>`,
    `<answer>\u001c${answer}\u0085</answer>`,
    `<answer>\ufeff${answer}</answer>`,
    `<think>I first wrote <answer>B</answer></think><answer>${answer}</answer>`,
    `<ANSWER>${answer}</ANSWER>`,
    answer,
  ]);

const letterTruths = [
  ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'A', 'B', 'C', 'D'],
  ...['K', 'Z', 'AB', 'NO', 'XYZ', 'Ä', 'Σ', 'Б', 'Ⅷ', 'Ａ', '中', 'ǅ', 'Aª', 'KELVIN', 'İ', 'ẞ'],
] as const;

const letterPieces = [
  ...['A', 'B', 'C', 'D', 'E', 'J', 'a', 'b', 'c', 'j', 'K', 'no', 'xyz', 'z', 'Ä', 'ς', 'σ', 'б', 'ａ', 'i̇', 'ß', 'K'],
  ...[
    ' ',
    '.',
    '(',
    ')',
    '$',
    '**',
    ':',
    '\n',
    'Option ',
    'Cat',
    'moon',
    'yes',
    'my',
    '\\boxed{',
    '}',
    '中',
    '<answer>',
  ],
] as const;

const letterRow = (random: Random): PublishedRow => {
  const truth = random.pick(letterTruths);
  const count = random.whole(0, 4);
  const noise = Array.from({ length: count }, () => random.pick(letterPieces)).join('');
  const answer = random.pick([
    truth,
    truth.toLowerCase(),
    `${truth}.`,
    `(${truth})`,
    `${truth} ${noise}`,
    noise,
    noise,
  ]);
  return row(truth, around(random, answer), random.next() < 0.3);
};

const row = (truth: unknown, output: string, vsi: boolean): PublishedRow => ({
  question: { question: 'Made up' },
  ground_truth: truth,
  model_output: output,
  vsi,
});

const oddNumbers = [
  ...['0', '-0', '-3', '-2.5', 'nan', 'NaN', 'inf', '-inf', 'Infinity', '1e400', '1e-400', '1_000', '1__0', '_1', '1_'],
  ...[
    '５',
    '٣.٥',
    '𝟙𝟚',
    '1,000',
    '3 m',
    '3m',
    '3.',
    '3..',
    '.5',
    '.',
    '',
    ' ',
    '$',
    '$$',
    '$5$',
    '$ 5 $',
    ' $5$ ',
    '+4',
  ],
  ...[
    '--4',
    '0x10',
    '1e3',
    '1E+3',
    '1e',
    'e3',
    '5\u2003',
    '\u20035',
    '5\u001c',
    '5\u00a0m',
    '5\n',
    '5\n6',
    '5\u0000',
    '½',
  ],
  ...['five', 'True', '[1.5]', '4.0', '1e308', '-1e308', '5e-324', '9007199254740993', 'infinity.', 'nan.'],
] as const;

const written = (random: Random, value: number): string =>
  random.pick([
    String(value),
    value.toFixed(2),
    `${value}.`,
    `${value} meters`,
    `$${value}$`,
    ` ${value} `,
    `$ ${value} $`,
    value.toExponential(),
    `${value}m`,
  ]);

/** Answers at, just below and just above the borders of the thresholds, where the last bit decides. */
const nearBorder = (random: Random, truth: number): number => {
  const tolerance = 1 - (0.5 + 0.05 * random.whole(0, 9));
  const sign = random.pick([1, -1]);
  const exact = truth * (1 + sign * tolerance);
  return random.pick([exact, truth + sign * truth * tolerance, exact * (1 + 2 ** -52), exact * (1 - 2 ** -53)]);
};

const numberRow = (random: Random): PublishedRow => {
  const value = random.pick([random.whole(1, 20), random.whole(1, 400) / 10, random.next() * 100, -random.whole(1, 9)]);
  const close = random.pick([
    nearBorder(random, value),
    value,
    value * (0.3 + 1.4 * random.next()),
    random.whole(-9, 30),
  ]);
  const truth =
    random.next() < 0.2 ? random.pick(oddNumbers) : random.pick<unknown>([value, String(value), `$${value}$`]);
  const answer = random.next() < 0.3 ? random.pick(oddNumbers) : written(random, close);
  const odd = random.next() < 0.02 ? random.pick([null, true, false, ['1', "it's", 2], { a: 1 }]) : truth;
  return row(odd, around(random, answer), true);
};

/** So many rows, half of them letters. */
export const madeUpRows = (count: number, seed: number): readonly PublishedRow[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, at) => (at % 2 === 0 ? letterRow(random) : numberRow(random)));
};
