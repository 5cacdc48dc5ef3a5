import path from 'node:path';
import { z } from 'zod';
import type { Viewer } from '@/lib/data/viewer';
import { stageSchema } from '@/lib/domain/rollout';
import { AppError } from '@/lib/errors';
import { say, step, warn } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo import FILE… --run NAME [OPTIONS]

Brings rollouts into a run, or questions into a set. The format is recognised from the content. The same file twice,
a grown file or another order of rows adds only what is missing; an interrupted import continues when run again.

  --run NAME         the run, made when there is none (files of questions need none; our own format then needs --set)
  --set NAME         the question set (default: the run's name; for questions the file's name)
  --iteration K      turn of the loop, from 0 (default: 0)
  --stage STAGE      activation, grpo, verify, curate, dpo or eval (default: eval for evaluation files, else grpo)
  --source LABEL     which samples these are (default: the file's name without its ending); equal labels are one source
  --media-root DIR   folder below which the videos are; may be given again
  --json             one JSON line per file on standard output
${studioUsage}

Exit code: 0 when every file went in (refused records are told, and stay out), 1 when one did not.`;

const options = {
  ...studioOptions,
  run: { type: 'string' },
  set: { type: 'string' },
  iteration: { type: 'string' },
  stage: { type: 'string' },
  source: { type: 'string' },
  'media-root': { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

type Wanted = { run?: string; set?: string; iteration?: number; stage?: z.infer<typeof stageSchema>; source?: string };
const TOLD_REFUSALS = 10;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals: files } = readArguments(args, options);
  if (files.length === 0) throw new AppError('invalid', 'Name at least one file. See --help.');
  const wanted: Wanted = {
    ...(values.run !== undefined && { run: values.run }),
    ...(values.set !== undefined && { set: values.set }),
    ...(values.source !== undefined && { source: values.source }),
    ...(values.stage !== undefined && { stage: readOption('stage', stageSchema, values.stage) }),
    ...(values.iteration !== undefined && {
      iteration: readOption('iteration', z.coerce.number().int().min(0).max(10_000), values.iteration),
    }),
  };
  return withStudio(values.data, async (viewer) => {
    const { addMediaRoot } = await import('@/lib/data/media/roots');
    for (const folder of values['media-root'] ?? []) await addMediaRoot(viewer, path.resolve(folder));
    let failed = 0;
    for (const file of files) {
      if (!(await importOne(viewer, path.resolve(file), wanted, values.json === true))) failed += 1;
    }
    return failed > 0 ? 1 : 0;
  });
};

const importOne = async (viewer: Viewer, file: string, wanted: Wanted, json: boolean): Promise<boolean> => {
  const { importNow } = await import('@/lib/jobs/import-now');
  const name = path.basename(file);
  let told = 0;
  try {
    const result = await step(`Importing ${name}`, (note) =>
      importNow(viewer, file, wanted, {
        onProgress: (counts, share) => note(`${Math.round(share * 100)} %, ${counts.rolloutsNew} rollouts new`),
        onRefusals: (refusals) => {
          for (const { at, reason } of refusals) {
            told += 1;
            if (told <= TOLD_REFUSALS) warn(`${name}:${at}: ${reason}`);
          }
        },
      }),
    );
    if (told > TOLD_REFUSALS)
      warn(`${name}: ${told - TOLD_REFUSALS} more refused; the Import screen lists the first 1,000`);
    for (const { at, reason } of result.warnings.slice(0, TOLD_REFUSALS)) warn(`${name}:${at}: ${reason}`);
    const { warnings, warningCount: _, followUps: __, complete: ___, ...counts } = result;
    if (json) say(JSON.stringify({ file: name, ...counts, warnings: warnings.length }));
    else say(sentence(name, result));
    return result.refused === 0 || result.rolloutsNew + result.rolloutsKnown + result.questionsNew > 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    warn(error.message);
    return false;
  }
};

type Counts = {
  rolloutsNew: number;
  rolloutsKnown: number;
  questionsNew: number;
  refused: number;
  sameAs: string | null;
};
const sentence = (name: string, result: Counts): string => {
  if (result.sameAs !== null) return `${name}: imported before, as ${result.sameAs}; nothing to do`;
  const { rolloutsNew, rolloutsKnown, questionsNew, refused } = result;
  return `${name}: ${rolloutsNew} rollouts new, ${rolloutsKnown} known, ${questionsNew} questions new, ${refused} records refused`;
};
