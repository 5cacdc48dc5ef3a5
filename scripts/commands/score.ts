import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { readPredictions } from '@/lib/domain/scorers/read-predictions';
import type { Scorer, ScorerSettings } from '@/lib/domain/scorers/scorer';
import { scorerNameSchema, scorerNames, scorers } from '@/lib/domain/scorers/table';
import { Totals } from '@/lib/domain/scorers/totals';
import { videoR1FaultNotes, videoR1FaultSchema, videoR1Faults } from '@/lib/domain/scorers/video-r1-faults';
import { AppError } from '@/lib/errors';
import { warn } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { jsonOutput, type Output, tableOutput } from './score-output';
import { openPredictions } from './score-source';

export const usage = `Usage: veripo score FILE… [--scorer NAME] [--kind KIND] [--json]

Scores the responses of any file that can be imported, without a database. FILE may be - for standard input.
Prints a table per file; with --json one line per row and then one line of totals, where the mean is over the rows
that have a score. docs/scorers.md says what each scorer computes.

${scorerNames.map((name) => `  --scorer ${name.padEnd(12)} ${scorers[name].summary}`).join('\n')}
  --kind KIND           choice, number, math, regression, ocr or text, instead of what each question seems to be
  --json                lines for programs
  --vsi-bench           veripo-2025: numbers by VSI-Bench's rule; else the path of FILE must say vsi_bench
  --faults LIST         video-r1: faults of the published formulas to copy, with commas between, or all:
${videoR1Faults.map((fault) => `    ${fault.padEnd(13)} ${videoR1FaultNotes[fault]}`).join('\n')}
  --batch N             video-r1 with first-type: rows per batch

Refused records are told on standard error. Exit code: 0, or 1 when a file held no row that can be scored.`;

const options = {
  scorer: { type: 'string', default: 'strict' },
  kind: { type: 'string' },
  json: { type: 'boolean' },
  'vsi-bench': { type: 'boolean' },
  faults: { type: 'string' },
  batch: { type: 'string' },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals: files } = readArguments(args, options);
  const named = scorerNameSchema.safeParse(values.scorer);
  if (!named.success) {
    throw new AppError('invalid', `There is no scorer ${values.scorer}: use ${scorerNames.join(', ')}.`);
  }
  const scorer = scorers[named.data];
  const settings = readSettings(values, named.data, scorer);
  if (files.length === 0) throw new AppError('invalid', 'Name at least one file. See --help.');
  const output = (values.json ? jsonOutput : tableOutput)(scorer, named.data);
  const all = new Totals();
  const scored = [];
  for (const file of files) scored.push(await scoreFile(file, scorer, { ...settings, path: file }, all, output));
  await output.end(scored, all);
  return scored.some(({ totals }) => totals.all.rows === 0) ? 1 : 0;
};

type Values = ReturnType<typeof readArguments<typeof options>>['values'];

const readSettings = (values: Values, name: string, scorer: Scorer): Omit<ScorerSettings, 'path'> => {
  const kind = values.kind === undefined ? undefined : readOption('kind', kindSchema, values.kind);
  if (kind && !scorer.takesKind) throw new AppError('invalid', `--kind means nothing to ${name}, which has no kinds.`);
  if (values['vsi-bench'] && name !== 'veripo-2025') throw onlyFor('--vsi-bench', 'veripo-2025');
  if (values.faults !== undefined && name !== 'video-r1') throw onlyFor('--faults', 'video-r1');
  const faults = new Set(values.faults === undefined ? [] : readFaults(values.faults));
  if (values.batch !== undefined && !faults.has('first-type')) {
    throw new AppError('invalid', '--batch is for --faults first-type. See --help.');
  }
  const batch =
    values.batch === undefined ? 1 : readOption('batch', z.coerce.number().int().positive().max(1e9), values.batch);
  if (faults.has('first-type') && values.batch === undefined && values.faults !== 'all') {
    throw new AppError('invalid', '--faults first-type needs --batch, the number of rows in a batch.');
  }
  return { kind, vsiBench: values['vsi-bench'] === true, faults, batch };
};

const onlyFor = (option: string, name: string): AppError =>
  new AppError('invalid', `${option} is for --scorer ${name} only.`);

const readFaults = (list: string) => {
  if (list === 'all') return videoR1Faults;
  return list.split(',').map((fault) => {
    const known = videoR1FaultSchema.safeParse(fault.trim());
    if (known.success) return known.data;
    throw new AppError('invalid', `There is no fault ${fault.trim()}: use ${videoR1Faults.join(', ')} or all.`);
  });
};

const scoreFile = async (path: string, scorer: Scorer, settings: ScorerSettings, all: Totals, output: Output) => {
  const { name, format, source } = await openPredictions(path);
  const score = scorer.open(settings);
  const totals = new Totals();
  for await (const record of readPredictions(format, source)) {
    if (record.type === 'refusal') {
      warn(`${name}:${record.at}: ${record.reason}`);
      continue;
    }
    const row = score(record);
    if ('refused' in row) {
      warn(`${name}:${record.at}: ${row.refused}`);
      continue;
    }
    totals.add(row);
    all.add(row);
    const question = 'refused' in record.rollout ? null : record.rollout.question.key;
    await output.row({ file: name, at: record.at, question, row });
  }
  if (totals.all.rows === 0) warn(`${name}: no row in it could be scored`);
  const remark = scorer.remark?.(totals.groups);
  if (remark !== undefined) warn(`${name}: ${remark}.`);
  return { name, totals };
};
