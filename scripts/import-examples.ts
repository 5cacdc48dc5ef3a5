import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { RECORDING_FILE } from '@/lib/domain/recording/recording';
import { hashContent } from './content-hash';
import type { StudioEnvironment } from './environment';
import { whenChanged } from './marker';
import { step, warn } from './progress.mjs';
import { root } from './root';
import { runTypescript } from './run-tool';

const FOLDER = path.join(root, 'examples');

/** The examples that bring a recorded run along. */
const listExamples = async (): Promise<readonly string[]> => {
  const entries = await readdir(FOLDER, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => existsSync(path.join(FOLDER, name, RECORDING_FILE))).sort();
};

/**
 * Plays the recorded run of each folder of `examples/`, once for a data folder (a run that was deleted does not come
 * back). A fault is told and does not keep the studio from starting.
 */
export const importExamples = async (dataDir: string, environment: StudioEnvironment): Promise<void> => {
  for (const name of await listExamples()) {
    const work = async () => {
      const result = await step(`Playing the recorded run ${name}`, () =>
        runTypescript('scripts/veripo.ts', ['replay', path.join(FOLDER, name)], environment),
      );
      if (result.code !== 0) throw new Error(result.output.trim().split('\n').at(-1));
    };
    const mark = path.join(dataDir, 'examples', `${name}.sha256`);
    await whenChanged(mark, await hashContent(root, [`examples/${name}/${RECORDING_FILE}`]), work).catch(
      (error: Error) => warn(`The example ${name} could not be played: ${error.message}`),
    );
  }
};
