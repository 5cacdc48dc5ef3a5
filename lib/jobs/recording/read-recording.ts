import 'server-only';
/** The recordings that a folder holds. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  fileOfPart,
  partSchema,
  RECORDING_FILE,
  type Recording,
  type RecordingPart,
  recordingSchema,
} from '@/lib/domain/recording/recording';
import { AppError } from '@/lib/errors';

/** Whether the folder holds this recording. */
const holds = (folder: string, part: RecordingPart): boolean =>
  existsSync(path.join(folder, fileOfPart(part, RECORDING_FILE)));

/** The recordings of a folder: its own first, then those beside it by name. None where there is no such folder. */
export const listParts = async (folder: string): Promise<readonly RecordingPart[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const beside = names.filter((name) => partSchema.safeParse(name).success).sort();
  return [null, ...beside].filter((part) => holds(folder, part));
};

/** Reads a recording. Throws `not_found` without one, `invalid` when it is none that this studio knows. */
export const readRecording = async (folder: string, part: RecordingPart = null): Promise<Recording> => {
  const file = fileOfPart(part, RECORDING_FILE);
  const text = await readFile(path.join(folder, file), 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `There is no ${file} in ${folder}`, { cause });
  });
  const parsed = recordingSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const fault = parsed.error.issues[0];
  throw new AppError('invalid', `${file}: ${fault?.path.join('.')}: ${fault?.message}`);
};

/**
 * When the run of a recording began, for lists of runs. One that was made beside another stands behind it, whenever it
 * was made: it is there to be compared.
 */
export const begunAt = async (folder: string, part: RecordingPart, { iterations }: Recording): Promise<Date> => {
  const first = Math.min(...iterations.map(({ startedAt }) => Date.parse(startedAt)));
  if (part === null || !holds(folder, null)) return new Date(first);
  const own = await readRecording(folder);
  return new Date(Math.min(first, ...own.iterations.map(({ startedAt }) => Date.parse(startedAt) - 1)));
};
