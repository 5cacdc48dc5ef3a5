import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo propose --run NAME [--iteration K] [--seed N]

Proposes preference pairs from the verified rollouts of an iteration, in this process. Pairs that are there already
stay as people left them.

  --iteration K      the turn of the loop (default: the latest)
  --seed N           another seed draws other pairs (default: 0)
${studioUsage}`;

const options = {
  ...studioOptions,
  run: { type: 'string' },
  iteration: { type: 'string' },
  seed: { type: 'string', default: '0' },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, options);
  const name = values.run;
  if (name === undefined) throw new AppError('invalid', 'Name the run with --run. See --help.');
  const k =
    values.iteration === undefined
      ? undefined
      : readOption('iteration', z.coerce.number().int().min(0), values.iteration);
  const seed = readOption('seed', z.coerce.number().int().min(0).max(0xffff_ffff), values.seed);
  return withStudio(values.data, async (viewer) => {
    const { proposeNow } = await import('@/lib/jobs/propose-now');
    const done = await step(`Proposing pairs for ${name}`, (note) => proposeNow(viewer, { run: name, k, seed }, note));
    say(`${name}, iteration ${done.k}: ${done.added} pairs added, ${done.proposed - done.added} known before`);
    return 0;
  });
};
