/** What `npm test` runs once packages are there: every suite, to the end, and one line that counts them all. */
import { AppError } from '@/lib/errors';
import { buildApp } from './build-app';
import { checkLint, checkTypes } from './check-code';
import { main } from './main';
import { formatSeconds, say, warn } from './progress.mjs';
import { listenForStop } from './stop-signal';
import { type SuiteResult, single, summarize } from './suite';
import { testInBrowser } from './test-browser';
import { testTrainer } from './test-trainer';
import { testUnits } from './test-units';
import { prepareTrainerVenv } from './trainer-venv';

const testBuild = async (stop: AbortSignal): Promise<SuiteResult> => {
  await buildApp(stop);
  return single('build', true);
};

/** A suite that cannot run is a failure of its own; the others still run. */
const runSuite = async (name: string, run: () => Promise<SuiteResult>): Promise<SuiteResult> => {
  try {
    return await run();
  } catch (error) {
    warn(
      error instanceof AppError
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    return single(name, false);
  }
};

main(async () => {
  const started = Date.now();
  const { asked } = listenForStop();
  // Mostly download and unpacking: done while the first suites compute. What goes wrong is said by the trainer's suite.
  const preparing = prepareTrainerVenv(asked);
  const prepared = preparing.catch(() => undefined);
  const suites: readonly [string, () => Promise<SuiteResult>][] = [
    ['lint', checkLint],
    ['types', checkTypes],
    ['build', () => testBuild(asked)],
    ['vitest', () => prepared.then(() => testUnits(asked))], // Its tests talk to a real trainer.
    ['trainer', async () => testTrainer(await preparing, asked)],
    ['browser', () => testInBrowser([], asked)],
  ];
  const results: SuiteResult[] = [];
  for (const [name, run] of suites) {
    if (asked.aborted) return 1;
    results.push(await runSuite(name, run));
  }
  const { lines, failed } = summarize(results);
  say(`All suites took ${formatSeconds(Date.now() - started)}.`);
  for (const line of lines) say(line);
  return failed > 0 ? 1 : 0;
});
