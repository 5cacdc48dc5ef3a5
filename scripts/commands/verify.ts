import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo verify NAME [--iteration K] [--version N [--keep-pairs]]

Judges those rollouts of a run that its verifier version has not judged yet, in this process. With --version the run
moves to that version first: what was read alike is decided anew, and pairs are proposed again where there are some.

  --iteration K      only this turn of the loop (default: all)
  --version N        move the run to verifier version N, with all its iterations
  --keep-pairs       propose nothing again; pairs that no longer hold are marked stale
${studioUsage}`;

const options = {
  ...studioOptions,
  run: { type: 'string' },
  iteration: { type: 'string' },
  version: { type: 'string' },
  'keep-pairs': { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = readArguments(args, options);
  const name = values.run ?? positionals[0];
  if (name === undefined) throw new AppError('invalid', 'Name the run. See --help.');
  const k =
    values.iteration === undefined
      ? undefined
      : readOption('iteration', z.coerce.number().int().min(0), values.iteration);
  const version =
    values.version === undefined ? undefined : readOption('version', z.coerce.number().int().min(1), values.version);
  if (version !== undefined && k !== undefined) {
    throw new AppError('invalid', 'A run moves whole: leave --iteration out with --version. See --help.');
  }
  return withStudio(values.data, async (viewer) => {
    const { verifyNow } = await import('@/lib/jobs/verify-now');
    if (version !== undefined) {
      const { pointRunByName } = await import('@/lib/jobs/use-version');
      await pointRunByName(viewer, name, version);
    }
    const results = await step(`Verifying ${name}`, (note) => verifyNow(viewer, name, k, note));
    for (const { k: turn, judged, known, changed, judge } of results) {
      const moved = version === undefined ? '' : `, ${changed} of them stand otherwise now`;
      say(`${name}, iteration ${turn}: ${judged} judged now, ${known} before${moved}`);
      if (judge)
        say(`  its judge: ${judge.judged} of what the rules left open. ${judge.sentence ?? 'Nothing waits for it.'}`);
    }
    if (version === undefined || values['keep-pairs']) return 0;
    const { proposeAgainNow } = await import('@/lib/jobs/repropose');
    for (const { k: turn, iterationId } of results) {
      const done = await step(`Proposing again for iteration ${turn}`, (note) =>
        proposeAgainNow(viewer, iterationId, note),
      );
      if (done) say(`${name}, iteration ${turn}: ${done.added} pairs added, ${done.withdrawn} withdrawn`);
    }
    return 0;
  });
};
