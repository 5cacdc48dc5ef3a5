import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { hashContent } from './content-hash';
import type { StudioEnvironment } from './environment';
import { whenChanged } from './marker';
import { step, warn } from './progress.mjs';
import { root } from './root';
import { runTypescript } from './run-tool';

const ROLLOUT_FILE = /\.ndjson$/;

const listExamples = async (): Promise<readonly { name: string; files: readonly string[] }[]> => {
  const folder = path.join(root, 'examples');
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const examples = entries
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => {
      const files = (await readdir(path.join(folder, name))).filter((file) => ROLLOUT_FILE.test(file)).sort();
      return { name, files: files.map((file) => path.join(folder, name, file)) };
    });
  return (await Promise.all(examples)).filter(({ files }) => files.length > 0);
};

/**
 * Imports each folder of `examples/` that has rollouts as a run of its name, once for a data folder (a run that was
 * deleted does not come back). A fault is told and does not keep the studio from starting.
 */
export const importExamples = async (dataDir: string, environment: StudioEnvironment): Promise<void> => {
  for (const { name, files } of await listExamples()) {
    const work = async () => {
      const args = ['import', ...files, '--run', name, '--media-root', path.join(root, 'examples', name)];
      const result = await step(`Importing the example ${name}`, () =>
        runTypescript('scripts/veripo.ts', args, environment),
      );
      if (result.code !== 0) throw new Error(result.output.trim().split('\n').at(-1));
    };
    const mark = path.join(dataDir, 'examples', `${name}.sha256`);
    await whenChanged(mark, await hashContent(root, [`examples/${name}`]), work).catch((error: Error) =>
      warn(`The example ${name} could not be imported: ${error.message}`),
    );
  }
};
