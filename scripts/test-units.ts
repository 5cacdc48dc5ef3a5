import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from './root';
import { type SuiteResult, single } from './suite';
import { readVitestReport } from './vitest-report';

const NAME = 'vitest';
const REPORT = path.join(root, '.test/vitest.json');

/** Runs the vitest projects `unit` and `database` (against a PostgreSQL of their own), and shows them as they run. */
export const testUnits = async (stop: AbortSignal): Promise<SuiteResult> => {
  await rm(REPORT, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'test' },
    stdio: 'inherit',
    signal: stop,
    killSignal: 'SIGTERM',
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (!existsSync(REPORT)) return single(NAME, false);
  return readVitestReport(NAME, JSON.parse(await readFile(REPORT, 'utf8')), code);
};
