import path from 'node:path';
import { partSchema, type RecordingPart } from '@/lib/domain/recording/recording';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo replay [--only NAME] [--figures] DIR

Plays the recorded runs of a folder (\`veripo record\`) through the loop: their rollouts, verdicts, pairs, frozen sets,
metrics and checkpoints come into being here as they did where they were made. DIR becomes a folder that videos are
served from. Killed and run again it goes on; what is there already stays as people left it.

  --only NAME        of several recordings in DIR only this one: \`.\` is DIR's own, another name one recorded beside it;
                     may be given more than once
  --figures          prints how right and how consistent each iteration is
${studioUsage}`;

const options = {
  ...studioOptions,
  only: { type: 'string', multiple: true },
  figures: { type: 'boolean', default: false },
} as const;

const readPart = (name: string): RecordingPart => (name === '.' ? null : readOption('only', partSchema, name));

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = readArguments(args, options);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new AppError('invalid', 'Name one folder. See --help.');
  const only = values.only?.map(readPart);
  return withStudio(values.data, async (viewer) => {
    const { listParts } = await import('@/lib/jobs/recording/read-recording');
    const { replayRuns } = await import('@/lib/jobs/recording/replay');
    const place = path.resolve(folder);
    const parts = only ?? (await listParts(place));
    // A folder that holds none is told by its own missing recording.
    const wanted = parts.length > 0 ? parts : [null];
    const title = `Playing ${wanted.length === 1 ? 'the run' : `${wanted.length} runs`} in ${path.basename(place)}`;
    const played = await step(title, (note) => replayRuns(viewer, place, wanted, note));
    for (const { run: name, runId, iterations } of played) {
      say(`${name}: ${iterations === 0 ? 'was here before' : `${iterations} iterations played`}`);
      if (!values.figures) continue;
      const { tellFigures } = await import('./figures');
      await tellFigures(viewer, runId);
    }
    return 0;
  });
};
