import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo verify --run NAME [--iteration K]

Judges those rollouts of a run that its verifier version has not judged yet, in this process.

  --iteration K      only this turn of the loop (default: all)
${studioUsage}`;

const options = { ...studioOptions, run: { type: 'string' }, iteration: { type: 'string' } } as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, options);
  const name = values.run;
  if (name === undefined) throw new AppError('invalid', 'Name the run with --run. See --help.');
  const k =
    values.iteration === undefined
      ? undefined
      : readOption('iteration', z.coerce.number().int().min(0), values.iteration);
  return withStudio(values.data, async (viewer) => {
    const { verifyNow } = await import('@/lib/jobs/verify-now');
    for (const result of await step(`Verifying ${name}`, (note) => verifyNow(viewer, name, k, note))) {
      say(`${name}, iteration ${result.k}: ${result.judged} judged now, ${result.known} before`);
    }
    return 0;
  });
};
