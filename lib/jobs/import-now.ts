import 'server-only';
/** An import done by the calling process, with a task that the screens show like any other. */
import path from 'node:path';
import type { ImportCounts } from '@/lib/data/imports/attempt';
import { createImport, type NewImport } from '@/lib/data/imports/create';
import { inspectFile } from '@/lib/data/imports/file';
import { getTask } from '@/lib/data/tasks/read';
import type { Viewer } from '@/lib/data/viewer';
import { type ImportResult, importResultSchema, type Refusal } from '@/lib/domain/import';
import { AppError } from '@/lib/errors';
import { importJob } from './import-file';

type Wanted = Pick<NewImport, 'run' | 'set' | 'iteration' | 'stage' | 'source'>;
type Listener = {
  readonly onProgress?: (counts: Readonly<ImportCounts>, share: number) => void;
  readonly onRefusals?: (refusals: readonly Refusal[]) => void;
};

/**
 * Imports a file of this machine and returns what came of it. Throws `unsupported` for unknown formats, and what the
 * task failed with; what was committed until then stays, and calling it again continues.
 */
export const importNow = async (
  viewer: Viewer,
  file: string,
  wanted: Wanted,
  listener: Listener = {},
): Promise<ImportResult> => {
  const fileName = path.basename(file);
  const { bytes, format } = await inspectFile(file, fileName);
  const { id } = await createImport(viewer, {
    ...wanted,
    door: 'command',
    place: { kind: 'path', path: file },
    fileName,
    bytes,
    format,
  });
  const { onProgress, onRefusals } = listener;
  const job = importJob({
    ...(onProgress && { onProgress: (counts, done) => onProgress(counts, bytes > 0 ? done / bytes : 1) }),
    ...(onRefusals && { onRefusals }),
  });
  await job.perform(id, new AbortController().signal);
  const task = await getTask(viewer, id);
  if (task.state === 'done') return importResultSchema.parse(task.result);
  if (task.state === 'cancelled')
    throw new AppError('conflict', `The import of ${fileName} was cancelled; run it again to continue`);
  throw new AppError('unavailable', `${fileName}: ${task.error ?? 'the import did not end'}`);
};
