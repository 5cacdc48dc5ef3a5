import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { AppError } from '@/lib/errors';
import { hashContent } from './content-hash';
import { withLock } from './lock';
import { whenChanged } from './marker';
import { step } from './progress.mjs';
import { root } from './root';
import { runTool } from './run-tool';

/** Everything that ends up in the production build. */
const INPUTS = [
  'app',
  'components',
  'lib',
  'prisma/schema.prisma',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
  'package-lock.json',
];
const TEST_FILE = /\.test\.tsx?$/;
const LOCK_TIMEOUT_MS = 15 * 60_000;
const TAIL_LINES = 40;

/** Building evaluates the modules of routes, which read the settings; nothing connects. */
const placeholders = {
  DATABASE_URL: 'postgresql://build@127.0.0.1:1/build',
  VERIPO_DATA_DIR: '/nonexistent',
  VERIPO_SECRET: 'placeholder while building, never used',
  VERIPO_BASE_URL: 'http://localhost:3000',
};

const runNext = async (signal: AbortSignal | undefined): Promise<void> => {
  const env = { ...placeholders, NODE_ENV: 'production' };
  const { code, output } = await runTool('node_modules/next/dist/bin/next', ['build'], {
    env,
    ...(signal ? { signal } : {}),
  });
  if (code === 0) return;
  const tail = stripVTControlCharacters(output).trim().split('\n').slice(-TAIL_LINES).join('\n');
  throw new AppError('invalid', `The production build failed:\n${tail}`);
};

/** Makes the production build when a source has changed since the last one. Returns whether it did. */
export const buildApp = async (signal?: AbortSignal): Promise<boolean> =>
  withLock(path.join(root, 'node_modules/.veripo-build.lock'), LOCK_TIMEOUT_MS, async () => {
    const hash = await hashContent(root, INPUTS, (file) => TEST_FILE.test(file));
    const work = () => step('Building the studio', () => runNext(signal));
    return whenChanged(path.join(root, '.next/veripo-inputs-sha256'), hash, work);
  });
