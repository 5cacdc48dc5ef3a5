/**
 * `veripo-2025` against the script it reproduces, row by row and in the printed totals:
 * `VERIPO_PUBLISHED=path/to/calculate_score.py npm run bench -- published-agreement`. The script is not part of this
 * repository: take it from VerIPO's own. Made-up hostile rows, and the real outputs where ../shared/data is there.
 * `VERIPO_WRITE_FIXTURE=1` writes the made-up rows with the script's scores to fixtures/veripo-2025.json.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { madeUpRows, type PublishedRow } from '@/bench/scores/published-rows';
import type { Prediction } from '@/lib/domain/scorers/prediction';
import { pythonFixed2 } from '@/lib/domain/scorers/python-number';
import { pythonStr } from '@/lib/domain/scorers/python-value';
import { veripo2025 } from '@/lib/domain/scorers/veripo-2025';
import { AppError } from '@/lib/errors';
import { main } from '@/scripts/main';
import { say, step } from '@/scripts/progress.mjs';
import { preparePackages } from '@/scripts/python-packages';
import { root } from '@/scripts/root';
import { runProgram } from '@/scripts/run-program';
import { realSamples } from './rollout-texts';

const ROWS = 6_000;
const FIXTURE_ROWS = 700;
const SEED = 2025;

const resultSchema = z.object({
  rows: z.array(z.number().nullable()),
  files: z.array(z.object({ vsi: z.boolean(), acc: z.number().nullable(), prints: z.string() })),
});
type Published = z.infer<typeof resultSchema>;

const settings = { kind: undefined, faults: new Set<never>(), batch: 1 };

const ours = (rows: readonly PublishedRow[]) => {
  const score = veripo2025.open({ ...settings, path: '', vsiBench: false });
  const scoreVsi = veripo2025.open({ ...settings, path: 'vsi_bench.json', vsiBench: false });
  return rows.map((row, at) => {
    const prediction: Prediction = {
      at,
      truth: pythonStr(row.ground_truth),
      problemType: null,
      response: row.model_output,
      rollout: { refused: 'not imported' },
    };
    const scored = (row.vsi ? scoreVsi : score)(prediction);
    if ('refused' in scored) throw new Error(scored.refused);
    return { score: scored.score, rule: scored.group };
  });
};

/** Runs the published script; standard error is shown, for a row it stops at is a finding. */
const published = async (python: string, script: string, rows: readonly PublishedRow[]): Promise<Published> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'veripo-agreement-'));
  try {
    const file = path.join(folder, 'rows.json');
    await writeFile(file, JSON.stringify(rows));
    const program = path.join(root, 'bench/scores/published_scores.py');
    const { code, output } = await runProgram(python, [program, script, file]);
    const json = output.slice(output.indexOf('{"rows"'));
    if (code !== 0) throw new AppError('unavailable', `The published script did not run:\n${output.slice(-2_000)}`);
    return resultSchema.parse(JSON.parse(json));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const compare = (title: string, rows: readonly PublishedRow[], theirs: Published): boolean => {
  const mine = ours(rows);
  const differing = mine.flatMap(({ score, rule }, at) => (score === theirs.rows[at] ? [] : [{ at, score, rule }]));
  for (const rule of ['letters', 'vsi-bench', 'math']) {
    const of = mine.filter((row) => row.rule === rule).length;
    const different = differing.filter((row) => row.rule === rule).length;
    if (of > 0) say(`${title}, ${rule}: ${of - different} of ${of} rows score the same`);
  }
  const exact = differing.filter(({ rule }) => rule !== 'math');
  for (const { at, score } of exact.slice(0, 10)) {
    say(`  ${JSON.stringify(rows[at])}: ${score} here, ${theirs.rows[at]} there`);
  }
  return exact.length === 0 && theirs.files.map((file) => comparePrint(title, rows, mine, file)).every(Boolean);
};

/** Only a file without rows of the third rule prints the same for certain. */
const comparePrint = (
  title: string,
  rows: readonly PublishedRow[],
  mine: ReturnType<typeof ours>,
  file: Published['files'][number],
): boolean => {
  const part = mine.filter((_, at) => rows[at]?.vsi === file.vsi);
  const sum = part.reduce((total, { score }) => total + (score ?? 0), 0);
  const prints = `Accuracy: ${pythonFixed2((sum / part.length) * 100)}%`;
  const math = part.some(({ rule }) => rule === 'math');
  say(`${title}, a file of ${part.length} rows prints "${prints}" here, "${file.prints}" there`);
  return math || (prints === file.prints && sum === file.acc);
};

const realRows = async (): Promise<readonly PublishedRow[]> =>
  ((await realSamples()) ?? []).map(({ question, response }, at) => ({
    question: { question: question.prompt },
    ground_truth: question.truth,
    model_output: response,
    vsi: at % 2 === 0,
  }));

/** The rows whose score is reproduced, in the order they were made, with the printed totals over just them. */
const writeFixture = async (python: string, script: string): Promise<void> => {
  const made = madeUpRows(FIXTURE_ROWS * 2, SEED + 1);
  const rules = ours(made).map(({ rule }) => rule);
  const rows = made.filter((_, at) => rules[at] !== 'math').slice(0, FIXTURE_ROWS);
  const { rows: scores, files } = await published(python, script, rows);
  const lines = rows.map(({ ground_truth: truth, model_output: output, vsi }, at) =>
    JSON.stringify({ truth, output, vsi, score: scores[at] }),
  );
  const about =
    'Made-up rows with the scores that the published calculate_score.py gave them (bench/published-agreement.ts).';
  const text = `{\n"about": ${JSON.stringify(about)},\n"rows": [\n${lines.join(',\n')}\n],\n"files": ${JSON.stringify(files)}\n}\n`;
  await writeFile(path.join(root, 'fixtures/veripo-2025.json'), text);
  say(`fixtures/veripo-2025.json: ${rows.length} rows`);
};

main(async () => {
  const script = process.env.VERIPO_PUBLISHED;
  if (script === undefined) {
    say('Skipped: VERIPO_PUBLISHED must name a copy of VerIPO’s evaluation/calculate_score.py.');
    return 0;
  }
  await readFile(script);
  const python = await preparePackages('published-agreement', [
    'numpy==2.4.6',
    'math-verify==0.9.0',
    'antlr4-python3-runtime==4.13.2',
  ]);
  const made = madeUpRows(ROWS, SEED);
  const theirs = await step('Running the published script', () => published(python, script, made));
  const same = [compare('Made-up rows', made, theirs)];
  const real = await realRows();
  if (real.length > 0) same.push(compare('VideoMMMU outputs', real, await published(python, script, real)));
  if (process.env.VERIPO_WRITE_FIXTURE) await writeFixture(python, script);
  return same.every(Boolean) ? 0 : 1;
});
