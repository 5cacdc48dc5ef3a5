/**
 * `video-r1` with all faults against the same formulas in Python, row by row: `npm run bench -- video-r1-agreement`.
 * Made-up rows of every problem type.
 */
import { z } from 'zod';
import { pythonScores } from '@/bench/scores/python-scores';
import { madeUpPairs } from '@/bench/scores/rouge-pairs';
import { videoR1 } from '@/lib/domain/scorers/video-r1';
import { videoR1Faults } from '@/lib/domain/scorers/video-r1-faults';
import { main } from '@/scripts/main';
import { say, step } from '@/scripts/progress.mjs';
import { preparePackages } from '@/scripts/python-packages';
import { type Random, seededRandom } from './random';

const ROWS = 6_000;
const SEED = 7;
const AIM = 1e-9;
const types = ['multiple choice', 'numerical', 'OCR', 'free-form', 'regression', 'segmentation'] as const;
type Row = { readonly type: string; readonly truth: string; readonly response: string };

const odd = ['nan', 'inf', '-inf', '1_000', '٣', '', '0', '0.0', '-0', '3 m', '1e400', '.5', '5.', '١٢'] as const;

const numberText = (random: Random): string => {
  const size = random.pick([random.whole(0, 20), random.whole(-4000, 4000) / 8, random.next() * 50, 12345.678]);
  return random.pick([String(size), size.toFixed(2), size.toFixed(3), size.toLocaleString('en-US'), random.pick(odd)]);
};

const nearby = (random: Random, truth: string): string => {
  const value = Number(truth);
  if (!Number.isFinite(value) || random.next() < 0.3) return numberText(random);
  return random.pick([truth, String(value * 1.1), String(value + 0.004), String(value - 0.005), String(value / 2)]);
};

const inTags = (random: Random, answer: string): string =>
  random.pick([
    `<think>hm</think><answer>${answer}</answer>`,
    `<think>hm</think>\n\u0085 <answer> ${answer}\n</answer>`,
    `<think>hm</think></think><answer>${answer}</answer><answer>x</answer>`,
    `<think>hm</think> so <answer>${answer}</answer>`,
    `<think><answer>x</answer></think><answer>${answer}</answer>`,
    `<answer>${answer}`,
  ]);

const madeUpRows = (): readonly Row[] => {
  const random = seededRandom(SEED);
  return madeUpPairs(ROWS, SEED).map(([text, changed]) => {
    const type = random.pick(types);
    const letter = random.pick(['A', 'B', 'C', 'b', 'B.']);
    const truth =
      type === 'multiple choice' ? letter : type === 'OCR' || type === 'free-form' ? text : numberText(random);
    const answer =
      type === 'multiple choice'
        ? random.pick(['A', 'B', 'C', 'b', ' B '])
        : truth === text
          ? changed
          : nearby(random, truth);
    return { type, truth, response: inTags(random, answer) };
  });
};

const detailsSchema = z.object({ format: z.number() });

const ours = (rows: readonly Row[]): readonly (readonly [number, number])[] => {
  const score = videoR1.open({
    path: '',
    kind: undefined,
    vsiBench: false,
    faults: new Set(videoR1Faults),
    batch: 1,
  });
  return rows.map(({ type, truth, response }, at) => {
    const row = score({ at, truth, problemType: type, response, rollout: { refused: 'not imported' } });
    if ('refused' in row || row.score === null) throw new Error(`row ${at} has no score`);
    return [row.score, detailsSchema.parse(row.details).format];
  });
};

main(async () => {
  const python = await preparePackages('rouge-agreement', ['rouge-score==0.1.2', 'nltk==3.10.4']);
  const rows = madeUpRows();
  const pair = z.tuple([z.number(), z.number()]);
  const theirs = await step('Running the formulas in Python', () =>
    pythonScores(python, 'video_r1_scores.py', rows, pair),
  );
  const mine = ours(rows);
  const differs = (at: number): boolean => {
    const [accuracy, format] = mine[at] ?? [Number.NaN, Number.NaN];
    const [wanted, wantedFormat] = theirs[at] ?? [Number.NaN, Number.NaN];
    return !(Math.abs(accuracy - wanted) <= AIM) || format !== wantedFormat;
  };
  for (const type of types) {
    const of = rows.flatMap((row, at) => (row.type === type ? [at] : []));
    const different = of.filter(differs);
    const graded = of.filter((at) => (theirs[at]?.[0] ?? 0) > 0).length;
    say(`${type}: ${of.length - different.length} of ${of.length} rows within ${AIM}, ${graded} of them above 0`);
    for (const at of different.slice(0, 5)) say(`  ${JSON.stringify(rows[at])}: ${mine[at]} here, ${theirs[at]} there`);
  }
  return rows.some((_, at) => differs(at)) ? 1 : 0;
});
