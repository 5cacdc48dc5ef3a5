import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { listenForStop } from '@/scripts/stop-signal';
import { readArguments, readOption } from './arguments';
import { findHost, withHost } from './loop-host';
import { studioFolder, studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo loop --run NAME --iterations N [OPTIONS]

Takes a run through the loop until it has N iterations: GRPO, verification, pairs, DPO, evaluation, curriculum. Stopped
or killed and run again, it goes on; an iteration that failed is retried from where it failed. Where a studio runs on
the data folder, its worker does the work and this command tells how it goes; else this process does it, with the
trainer of this machine and the reward API beside it.

  --run NAME         the run, made when there is none
  --iterations N     how many the run shall have in all (default: 1)
  --gate POLICY      who decides the pairs: all (a person), sample:N (a person N of them), auto (nobody)
  --plan FILE.json   the plan of an iteration, its question sets by name (default: the one of the iteration before,
                     else a whole iteration by the recipe)
  --questions SET    what the policy is asked; may be given again
  --eval SET         what it is evaluated on; may be given again
  --trainer NAME     which trainer (default: the run's, else the only one, else this machine's)
  --base MODEL       what a new run starts from: a model of the trainer, or \`built\` for the small random one
  --port PORT        where rewards are served when no studio runs (default: 3000)
${studioUsage}

Exit code: 0 when the run has its iterations, 1 when one failed or the command was stopped.`;

const many = { type: 'string', multiple: true } as const;
const options = {
  ...studioOptions,
  run: { type: 'string' },
  iterations: { type: 'string', default: '1' },
  gate: { type: 'string' },
  plan: { type: 'string' },
  questions: many,
  eval: many,
  trainer: { type: 'string' },
  base: { type: 'string' },
  port: { type: 'string', default: '3000' },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, options);
  const name = values.run;
  if (name === undefined) throw new AppError('invalid', 'Name the run with --run. See --help.');
  const iterations = readOption('iterations', z.coerce.number().int().min(1).max(10_000), values.iterations);
  const port = readOption('port', z.coerce.number().int().min(1).max(65_535), values.port);
  const { asked: stop } = listenForStop();
  const settings = { dataDir: studioFolder(values.data), port, local: values.trainer === undefined };
  const host = await findHost(settings);
  return withStudio(values.data, (viewer) =>
    withHost(host, settings, async (drives) => {
      const { runLoopNow } = await import('./loop-run');
      const { gateOptionSchema } = await import('./loop-plan');
      await runLoopNow(viewer, {
        name,
        iterations,
        trainer: values.trainer,
        base: values.base,
        plan: {
          file: values.plan,
          questions: values.questions ?? [],
          held: values.eval ?? [],
          gate: values.gate === undefined ? undefined : readOption('gate', gateOptionSchema, values.gate),
        },
        drives,
        stop,
      });
      return 0;
    }),
  );
};
