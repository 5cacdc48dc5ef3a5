import path from 'node:path';
import { partSchema } from '@/lib/domain/recording/recording';
import { trainerNameSchema } from '@/lib/domain/trainer/names';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo record --run NAME [--kept MODEL] [--beside NAME] DIR

Writes a finished run into DIR as its trainer logged it: recording.json, questions/ and events/. \`veripo replay DIR\`
plays it in another studio. Its trainer has to answer; videos and weights are not copied.

  --run NAME         a run whose every iteration is done
  --kept MODEL       the name under which you put its last weights into trainers' models folders, so that the played
                     run can be gone on with (default: they are not kept)
  --beside NAME      DIR holds the recording of another run that asked the same questions: this one goes into DIR/NAME
                     and shares its questions and videos
${studioUsage}`;

const options = {
  ...studioOptions,
  run: { type: 'string' },
  kept: { type: 'string' },
  beside: { type: 'string' },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = readArguments(args, options);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new AppError('invalid', 'Name one folder. See --help.');
  const name = values.run;
  if (name === undefined) throw new AppError('invalid', 'Name the run with --run. See --help.');
  const kept = values.kept === undefined ? null : readOption('kept', trainerNameSchema, values.kept);
  const part = values.beside === undefined ? null : readOption('beside', partSchema, values.beside);
  return withStudio(values.data, async (viewer) => {
    const { recordRun } = await import('@/lib/jobs/recording/record');
    const request = { run: name, folder: path.resolve(folder), part, kept };
    const recording = await step(`Recording ${name}`, (note) => recordRun(viewer, request, note));
    say(`${name}: ${recording.iterations.length} iterations recorded in ${folder}`);
    return 0;
  });
};
