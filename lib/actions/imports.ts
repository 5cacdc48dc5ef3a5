'use server';
import path from 'node:path';
import { z } from 'zod';
import { findImportFile, inspectFile } from '@/lib/data/imports/file';
import { engineers, getViewerProject } from '@/lib/data/viewer';
import type { Format } from '@/lib/domain/formats/import-record';
import type { Result } from '@/lib/errors';
import { type StartImport, startImport, startImportSchema } from '@/lib/jobs/start-import';
import { runAction } from './run-action';

/** Queues an import of an uploaded file or of a path under an import root; the answer is its id. */
export async function beginImport(input: StartImport): Promise<Result<string>> {
  return runAction(startImportSchema, input, startImport);
}

const pathSchema = z.object({ path: z.string().trim().min(1, 'Name a file').max(4_000) });
export type InspectedFile = { fileName: string; bytes: number; format: Format };

/** What lies at a path under an import root, before anything is started. */
export async function inspectImportPath(input: z.input<typeof pathSchema>): Promise<Result<InspectedFile>> {
  return runAction(pathSchema, input, async (viewer, { path: wanted }) => {
    await getViewerProject(viewer, engineers); // whoever may not import may not learn what is on the disk
    const real = await findImportFile(wanted);
    const fileName = path.basename(real);
    return { fileName, ...(await inspectFile(real, fileName)) };
  });
}
