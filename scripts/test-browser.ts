import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { hasTrainer, TRAINER_PYTHON } from '@/lib/trainer/testing';
import { findBrowser } from './find-browser';
import { readPlaywrightReport } from './playwright-report';
import { findFreePort } from './ports';
import { say } from './progress.mjs';
import { root } from './root';
import { makeSignInLink } from './sign-in-link';
import type { SuiteResult } from './suite';
import { type Studio, startStudio } from './supervise';
import { openThrowaway } from './throwaway';

const NAME = 'browser';
const REPORT = path.join(root, '.test/playwright.json');

const hasSpecs = async (): Promise<boolean> => {
  const folder = path.join(root, 'e2e');
  return existsSync(folder) && (await readdir(folder, { recursive: true })).some((name) => name.endsWith('.spec.ts'));
};

const runPlaywright = async (studio: Studio, browser: string, args: readonly string[], stop: AbortSignal) => {
  const env = {
    ...process.env,
    ...studio.environment,
    CHROMIUM_PATH: browser,
    E2E_BASE_URL: studio.url,
    E2E_SIGN_IN_LINK: await makeSignInLink(studio),
    // Specs seed rows through lib/data, whose modules refuse to load without this.
    NODE_OPTIONS: '--conditions=react-server',
  };
  const child = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
    signal: stop,
    killSignal: 'SIGTERM',
  });
  return new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
};

/** Folders that specs may import from by path. */
const importRoots = (): string =>
  ['e2e', 'examples', 'fixtures', '../shared/data']
    .map((name) => path.join(root, name))
    .filter((folder) => existsSync(folder))
    .join(path.delimiter);

/**
 * Runs the Playwright specs against the built app, started by the same code as `npm start` on a free port, with a
 * worker, a database that is thrown away and a signed-in owner. `args` go to Playwright.
 */
export const testInBrowser = async (args: readonly string[], stop: AbortSignal): Promise<SuiteResult> => {
  if (!(await hasSpecs())) {
    say('There are no browser tests: no *.spec.ts in e2e/.');
    return { name: NAME, passed: 0, failures: [], skipped: [] };
  }
  const browser = await findBrowser();
  say(`Browser: ${browser.path} (${browser.origin})`);
  await mkdir(path.dirname(REPORT), { recursive: true });
  await rm(REPORT, { force: true });
  const throwaway = await openThrowaway();
  try {
    // The studio under test must use this database and be found under this address.
    delete process.env.DATABASE_URL;
    delete process.env.VERIPO_BASE_URL;
    process.env.VERIPO_IMPORT_ROOTS = importRoots();
    // The trainer that its own tests have installed; nothing is installed for the browser's.
    if (hasTrainer())
      Object.assign(process.env, { VERIPO_TRAINER_PYTHON: TRAINER_PYTHON, VERIPO_TRAINER_DEVICES: 'cpu' });
    const port = await findFreePort();
    const studio = await startStudio(
      { dataDir: throwaway.dataDir, host: '127.0.0.1', port, trainer: hasTrainer() },
      stop,
    );
    try {
      const code = await runPlaywright(studio, browser.path, args, stop);
      return readPlaywrightReport(NAME, JSON.parse(await readFile(REPORT, 'utf8')), code);
    } finally {
      await studio.stop();
    }
  } finally {
    await throwaway.close();
  }
};
