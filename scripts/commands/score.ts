import path from 'node:path';
import { z } from 'zod';
import type { ImportedRollout } from '@/lib/domain/formats/import-record';
import { readRecords } from '@/lib/domain/formats/read';
import { type Kind, kindSchema } from '@/lib/domain/question';
import { decide } from '@/lib/domain/verifier/decide';
import { measure } from '@/lib/domain/verifier/measure';
import { type PreparedQuestion, prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';
import { warn } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { writeLine } from './write-line';

const scorers = ['strict'] as const;

export const usage = `Usage: veripo score FILE… [--scorer strict] [--kind KIND] [--json]

Judges the rollouts of any file that can be imported, with the default verifier settings and without a database.
One JSON line per rollout: question, score (accuracy in [0, 1], null when the file has no truth) and checks;
then a line {"rows", "correct", "mean"}, where the mean is over the rows that have a score.

  --scorer NAME      ${scorers.join(', ')} (default: strict)
  --kind KIND        choice, number, math, regression, ocr or text, instead of what each question seems to be
  --json             the default and only form of output

Refused records are told on standard error. Exit code: 0, or 1 when a file held no rollout that can be read.`;

const options = {
  scorer: { type: 'string', default: 'strict' },
  kind: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Totals = { rows: number; correct: number; scored: number; sum: number };

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals: files } = readArguments(args, options);
  const scorer = z.enum(scorers).safeParse(values.scorer);
  if (!scorer.success)
    throw new AppError('invalid', `There is no scorer ${values.scorer}: use ${scorers.join(' or ')}.`);
  const kind = values.kind === undefined ? undefined : readOption('kind', kindSchema, values.kind);
  if (files.length === 0) throw new AppError('invalid', 'Name at least one file. See --help.');
  const totals: Totals = { rows: 0, correct: 0, scored: 0, sum: 0 };
  let empty = 0;
  for (const file of files) {
    const before = totals.rows;
    await scoreFile(path.resolve(file), kind, totals);
    if (totals.rows === before) {
      warn(`${path.basename(file)}: no rollout in it could be read`);
      empty += 1;
    }
  }
  const { rows, correct, scored, sum } = totals;
  await writeLine({ rows, correct, mean: scored === 0 ? null : sum / scored });
  return empty > 0 ? 1 : 0;
};

const scoreFile = async (file: string, kind: Kind | undefined, totals: Totals): Promise<void> => {
  const { fileSource, inspectFile } = await import('@/lib/data/imports/file');
  const name = path.basename(file);
  const { format } = await inspectFile(file, name);
  const prepare = rememberPrepared(kind);
  for await (const record of readRecords(format, fileSource(file).source)) {
    if (record.type === 'refusal') warn(`${name}:${record.at}: ${record.reason}`);
    if (record.type === 'rollout') await scoreRollout(record.rollout, prepare(record.rollout), totals);
  }
};

const MAX_PREPARED = 10_000;

/** Prepares each question once: several rollouts of one question mostly stand close together. */
const rememberPrepared = (kind: Kind | undefined) => {
  const known = new Map<string, PreparedQuestion>();
  return ({ question }: ImportedRollout): PreparedQuestion => {
    const name = JSON.stringify([question.key, question.truth, question.prompt]);
    const prepared = known.get(name) ?? prepareQuestion({ ...question, kind: kind ?? question.kind });
    if (known.size >= MAX_PREPARED) known.clear();
    known.set(name, prepared);
    return prepared;
  };
};

const scoreRollout = async (rollout: ImportedRollout, question: PreparedQuestion, totals: Totals): Promise<void> => {
  const measures = measure(question, rollout, defaultVerifierSettings);
  const standing = decide(measures, question.kind, defaultVerifierSettings);
  totals.rows += 1;
  if (standing.correct) totals.correct += 1;
  if (measures.accuracy !== null) {
    totals.scored += 1;
    totals.sum += measures.accuracy;
  }
  await writeLine({
    question: rollout.question.key,
    score: measures.accuracy,
    checks: {
      format: { pass: standing.wellFormed, reason: measures.reasons.format },
      accuracy: {
        pass: standing.correct,
        score: measures.accuracy,
        answer: measures.answer,
        reason: measures.reasons.accuracy,
      },
      consistency: {
        result: standing.consistency,
        concluded: measures.concluded,
        reason: measures.reasons.consistency,
      },
      repetition: { pass: !standing.repetitive, score: measures.repetition, reason: measures.reasons.repetition },
      length: { result: standing.lengthClass, thinkTokens: measures.thinkTokens, source: measures.tokenSource },
    },
  });
};
