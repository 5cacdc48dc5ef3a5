import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileOfPart, RECORDING_FILE, type RecordingPart } from '@/lib/domain/recording/recording';
import { listParts } from '@/lib/jobs/recording/read-recording';
import { hashContent } from './content-hash';
import type { StudioEnvironment } from './environment';
import { type Marked, redoChanged } from './marker';
import { step, warn } from './progress.mjs';
import { root } from './root';
import { runTypescript } from './run-tool';

const FOLDER = path.join(root, 'examples');

const listExamples = async (): Promise<readonly string[]> => {
  const entries = await readdir(FOLDER, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
};

/** What of an example is played, and the mark that it was. */
const markOf = async (dataDir: string, name: string, part: RecordingPart): Promise<Marked<RecordingPart>> => ({
  file: path.join(dataDir, 'examples', `${part === null ? name : `${name}.${part}`}.sha256`),
  hash: await hashContent(root, [`examples/${name}/${fileOfPart(part, RECORDING_FILE)}`]),
  of: part,
});

/**
 * Plays the recorded runs of each folder of `examples/`, once for a data folder (a run that was deleted does not come
 * back). A fault is told and does not keep the studio from starting.
 */
export const importExamples = async (dataDir: string, environment: StudioEnvironment): Promise<void> => {
  for (const name of await listExamples()) {
    const play = async (parts: readonly RecordingPart[]) => {
      const only = parts.flatMap((part) => ['--only', part ?? '.']);
      const title = `Playing the recorded ${parts.length === 1 ? 'run' : 'runs'} of ${name}`;
      const result = await step(title, () =>
        runTypescript('scripts/veripo.ts', ['replay', ...only, path.join(FOLDER, name)], environment),
      );
      if (result.code !== 0) throw new Error(result.output.trim().split('\n').at(-1));
    };
    const parts = await listParts(path.join(FOLDER, name));
    const marks = await Promise.all(parts.map((part) => markOf(dataDir, name, part)));
    await redoChanged(marks, play).catch((error: Error) =>
      warn(`The example ${name} could not be played: ${error.message}`),
    );
  }
};
