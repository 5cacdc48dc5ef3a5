import path from 'node:path';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { readArguments } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo replay DIR

Plays a recorded run (\`veripo record\`) through the loop: its rollouts, verdicts, pairs, frozen sets, metrics and
checkpoints come into being here as they did where it was made. DIR becomes a folder that videos are served from.
Killed and run again it goes on; what is there already stays as people left it.

${studioUsage}`;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = readArguments(args, studioOptions);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new AppError('invalid', 'Name one folder. See --help.');
  return withStudio(values.data, async (viewer) => {
    const { replayRun } = await import('@/lib/jobs/recording/replay');
    const place = path.resolve(folder);
    const done = await step(`Playing the run in ${path.basename(place)}`, (note) => replayRun(viewer, place, note));
    say(`${done.run}: ${done.iterations === 0 ? 'was here before' : `${done.iterations} iterations played`}`);
    return 0;
  });
};
