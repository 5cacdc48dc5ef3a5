import { AppError } from '@/lib/errors';
import { readArguments } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';
import { writeLine } from './write-line';

export const usage = `Usage: veripo labels --run NAME

Prints the labels in force of the newest sample of a run that anybody has labelled, one JSON line each.

  --run NAME         the run
${studioUsage}`;

const options = { ...studioOptions, run: { type: 'string' } } as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, options);
  const name = values.run;
  if (name === undefined) throw new AppError('invalid', 'Name the run with --run. See --help.');
  return withStudio(values.data, async (viewer) => {
    const { listSamples } = await import('@/lib/data/calibration/samples');
    const { exportLabels } = await import('@/lib/data/calibration/export');
    const sample = (await listSamples(viewer)).find(({ runName, labelled }) => runName === name && labelled > 0);
    if (!sample) throw new AppError('not_found', `Nobody has labelled anything of ${name} yet`);
    for (const line of await exportLabels(viewer, sample.id)) await writeLine(line);
    return 0;
  });
};
