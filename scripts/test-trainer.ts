import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { NO_PYTHON } from './find-python';
import { step, warn } from './progress.mjs';
import { readPytestReport } from './pytest-report';
import { root } from './root';
import { runProgram } from './run-program';
import { merge, type SuiteResult, single } from './suite';

const NAME = 'trainer';
const TRAINER = path.join(root, 'trainer');

type Run = { readonly python: string; readonly stop: AbortSignal };

/** One check is one count, whatever it found. */
const check = async (
  { python, stop }: Run,
  name: string,
  runs: readonly (readonly string[])[],
): Promise<SuiteResult> => {
  for (const args of runs) {
    const { code, output } = await runProgram(python, ['-m', ...args], { cwd: TRAINER, signal: stop });
    if (code === 0) continue;
    warn(output.trim());
    return single(name, false);
  }
  return single(name, true);
};

/** Threads of torch would only get into each other's way: two runs share two cores. */
const pytest = async ({ python, stop }: Run, name: string, args: readonly string[]): Promise<SuiteResult> => {
  const report = path.join(root, `.test/pytest-${name}.json`);
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  const env = {
    OMP_NUM_THREADS: '1',
    PYTHONPATH: path.join(root, 'scripts'),
    VERIPO_PYTEST_REPORT: report,
  };
  const options = ['-m', 'pytest', '-p', 'pytest_report', '-p', 'no:cacheprovider', '--tb=short', ...args];
  const { code, output } = await runProgram(python, options, { cwd: TRAINER, env, signal: stop });
  if (code !== 0) warn(output.trim());
  if (!existsSync(report)) return single(`pytest of ${name}`, false);
  return readPytestReport(name, JSON.parse(await readFile(report, 'utf8')), code);
};

/** Two lanes for two cores. The service's tests wait more than they compute, so that the checks go with the others. */
const runAll = async (run: Run): Promise<readonly SuiteResult[]> => {
  const lanes = [
    async () => [
      await check(run, 'ruff', [
        ['ruff', 'check', '.'],
        ['ruff', 'format', '--check', '.'],
      ]),
      await check(run, 'mypy', [['mypy']]),
      await pytest(run, 'engine', ['tests', '--ignore=tests/service']),
    ],
    async () => [await pytest(run, 'service', ['tests/service'])],
  ];
  return (await Promise.all(lanes.map((lane) => lane()))).flat();
};

/**
 * Style, types and tests of the Python trainer; `python` is that of `prepareTrainerVenv`. Without one the suite is
 * skipped, and counts as neither passed nor failed.
 */
export const testTrainer = async (python: string | undefined, stop: AbortSignal): Promise<SuiteResult> => {
  if (!python) return { name: NAME, passed: 0, failures: [], skipped: [`everything: ${NO_PYTHON}`] };
  return merge(NAME, await step('Testing the trainer', () => runAll({ python, stop })));
};
