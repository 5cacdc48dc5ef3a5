import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { step, warn } from './progress.mjs';
import { root } from './root';

export type Browser = { readonly path: string; readonly origin: string };

type Finder = { readonly origin: string; readonly find: () => Promise<string | undefined> };
type Installer = { readonly title: string; readonly command: readonly [string, ...string[]] };

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const START_TIMEOUT_MS = 30_000;

/** Ubuntu's chromium-browser is a script that only says "install the snap": a browser counts if it tells its version. */
const runs = (file: string): boolean =>
  existsSync(file) && spawnSync(file, ['--version'], { timeout: START_TIMEOUT_MS, stdio: 'ignore' }).status === 0;

const systemBrowser = async (): Promise<string | undefined> =>
  [...SYSTEM_FOLDERS.flatMap((folder) => SYSTEM_NAMES.map((name) => path.join(folder, name))), MAC_CHROME].find(runs);

const playwrightBrowser = async (): Promise<string | undefined> => {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return runs(file) ? file : undefined;
};

const finders: readonly Finder[] = [
  { origin: 'of this machine', find: systemBrowser },
  { origin: "Playwright's own", find: playwrightBrowser },
];

const installers = (): readonly Installer[] => {
  const playwright = ['node_modules/@playwright/test/cli.js', 'install', 'chromium'];
  const own: Installer = { title: "Installing Playwright's Chromium", command: [process.execPath, ...playwright] };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return [own];
  const apt = (...args: readonly string[]): Installer['command'] => ['apt-get', ...args];
  return [
    { title: 'Reading the list of packages', command: apt('update') },
    { title: 'Installing Chromium', command: apt('install', '-y', '--no-install-recommends', 'chromium') },
    own,
  ];
};

const findInstalled = async (): Promise<Browser | undefined> => {
  for (const { origin, find } of finders) {
    const file = await find();
    if (file) return { path: file, origin };
  }
  return undefined;
};

const install = async ({ title, command: [file, ...args] }: Installer): Promise<void> => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const code = await step(title, () => {
    const child = spawn(file, args, { cwd: root, env, stdio: 'ignore' });
    return new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  });
  if (code !== 0) warn(`${title} did not work (code ${code}).`);
};

/**
 * The Chromium for browser tests: `CHROMIUM_PATH`, the machine's, Playwright's own, or one that is installed now.
 *
 * @throws AppError when there is none and none can be installed.
 */
export const findBrowser = async (): Promise<Browser> => {
  const wished = process.env.CHROMIUM_PATH;
  if (wished) {
    if (runs(wished)) return { path: wished, origin: 'of CHROMIUM_PATH' };
    throw new AppError('not_found', `CHROMIUM_PATH names ${wished}, which does not run.`);
  }
  const present = await findInstalled();
  if (present) return present;
  for (const installer of installers()) {
    await install(installer);
    const installed = await findInstalled();
    if (installed) return installed;
  }
  throw new AppError('not_found', 'There is no Chromium and none could be installed. Set CHROMIUM_PATH to one.');
};
