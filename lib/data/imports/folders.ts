import 'server-only';
/** Looking into the declared import roots, so that a path is picked and not typed. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { realPathInside } from '@/lib/contained-path';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import type { ImportEntry } from '@/lib/domain/import';
import { AppError } from '@/lib/errors';

const MAX_ENTRIES = 1_000;

/**
 * The roots themselves without a folder, else what lies in it: folders first, by name, at most 1,000, nothing whose
 * name starts with a dot. Throws `not_found` for folders outside the roots and viewers who may not import.
 */
export const listImportFolder = async (viewer: Viewer, folder?: string): Promise<ImportEntry[]> => {
  await getViewerProject(viewer, engineers);
  const roots = config().VERIPO_IMPORT_ROOTS;
  if (folder === undefined) return roots.map((root) => ({ name: root, path: root, folder: true, bytes: null }));
  const real = await findFolder(roots, folder);
  if (real === undefined) throw new AppError('not_found', 'No such folder under the import roots');
  const entries = (await readdir(real, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const known = entries
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_ENTRIES);
  return Promise.all(
    known.map(async (entry) => {
      const full = path.join(real, entry.name);
      const bytes = entry.isFile() ? (await stat(full)).size : null;
      return { name: entry.name, path: full, folder: entry.isDirectory(), bytes };
    }),
  );
};

const findFolder = async (roots: readonly string[], folder: string): Promise<string | undefined> => {
  for (const root of roots) {
    if (path.resolve(folder) === path.resolve(root)) return root;
    const real = await realPathInside(root, folder);
    if (real !== undefined && (await stat(real)).isDirectory()) return real;
  }
  return undefined;
};
