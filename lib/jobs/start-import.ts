import 'server-only';
/** Imports for a worker to do: of an uploaded file, or of a path under a declared import root. */
import path from 'node:path';
import { z } from 'zod';
import { notify } from '@/lib/data/events';
import { createImport, newImportSchema } from '@/lib/data/imports/create';
import { findImportFile, inspectFile, uploadPath } from '@/lib/data/imports/file';
import type { Viewer } from '@/lib/data/viewer';
import { storableString } from '@/lib/domain/text/storable';
import { AppError } from '@/lib/errors';
import { sendingBoss } from './boss';
import { enqueueTask } from './queue';

const where = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('upload'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fileName: storableString().min(1).max(500),
  }),
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4_000) }),
]);
export const startImportSchema = newImportSchema
  .pick({ run: true, set: true, iteration: true, stage: true, source: true })
  .extend({ file: where });
export type StartImport = z.input<typeof startImportSchema>;

/**
 * Makes the import and queues it; returns its id, which is also its task's. Throws `not_found` for files that are
 * not there or not under a root, `unsupported` with the reason for unknown formats, `invalid` for rollouts without a run.
 */
export const startImport = async (viewer: Viewer, input: StartImport): Promise<string> => {
  const { file, ...wanted } = startImportSchema.parse(input);
  const real = file.kind === 'upload' ? uploadPath(file.sha256) : await findImportFile(file.path);
  const fileName = file.kind === 'upload' ? baseName(file.fileName) : path.basename(real);
  const { bytes, format } = await inspectFile(real, fileName);
  const place =
    file.kind === 'upload' ? { kind: 'upload' as const, sha256: file.sha256 } : { kind: 'path' as const, path: real };
  await sendingBoss(); // opened outside the transaction, since its first opening makes tables
  const created = await createImport(
    viewer,
    { ...wanted, door: 'screen', place, fileName, bytes, format },
    (tx, { id }) => enqueueTask(tx, 'import', id),
  );
  await notify({ projectId: created.projectId, topic: 'task', id: created.id });
  return created.id;
};

/** A browser may send a path as the name of a file; only its last part is one. */
const baseName = (name: string): string => {
  const base = name.split(/[\\/]/).at(-1)?.trim();
  if (!base) throw new AppError('invalid', 'The file has no name');
  return base;
};
