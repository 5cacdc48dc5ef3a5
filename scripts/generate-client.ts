import path from 'node:path';
import { AppError } from '@/lib/errors';
import { hashContent } from './content-hash';
import { whenChanged } from './marker';
import { step } from './progress.mjs';
import { root } from './root';
import { runTool } from './run-tool';

const INPUTS = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];

const runPrisma = async (): Promise<void> => {
  // `generate` needs no schema engine, yet looks for one and would download it: any existing file will do.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
  const { code, output } = await runTool('node_modules/prisma/build/index.js', ['generate'], { env });
  if (code !== 0) throw new AppError('invalid', `prisma generate failed:\n${output.trim()}`);
};

/** Makes the database client in `prisma/generated`, without any download, when the schema has changed. */
export const generateClient = async (): Promise<void> => {
  const hash = await hashContent(root, INPUTS);
  const work = () => step('Generating the database client', runPrisma);
  await whenChanged(path.join(root, 'prisma/generated/.inputs-sha256'), hash, work);
};
