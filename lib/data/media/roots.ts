import 'server-only';
/** Media roots: the folders of this machine from which a project's videos may be served. */
import { randomUUID } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { db } from '@/lib/data/db';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

/** `files` counts those that questions name and that lie in it. */
export type MediaRoot = { id: string; name: string; path: string; createdAt: Date; files: number };

/** In the order they were added, which is the order in which paths are looked up. */
export const listMediaRoots = async (viewer: Viewer): Promise<MediaRoot[]> => {
  const rows = await db.mediaRoot.findMany({
    where: visibleTo(viewer),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 100,
    select: {
      id: true,
      name: true,
      path: true,
      createdAt: true,
      // A missing file is noted under the first root that could have had it; it is not in it.
      _count: { select: { media: { where: { state: { not: 'missing' } } } } },
    },
  });
  return rows.map(({ _count, ...root }) => ({ ...root, files: _count.media }));
};

/**
 * Declares a folder; its real path is stored. Declaring it again changes nothing and returns the same id.
 * Throws `invalid` when there is no such folder or it is the whole disk, `not_found` for viewers who may not.
 */
export const addMediaRoot = async (viewer: Viewer, folder: string, name?: string): Promise<string> => {
  const project = await getViewerProject(viewer, engineers);
  const real = await realFolder(folder);
  const row = { id: randomUUID(), projectId: project.id, name: name?.trim() || path.basename(real), path: real };
  await db.mediaRoot.createMany({ data: [row], skipDuplicates: true });
  const stored = await db.mediaRoot.findFirstOrThrow({
    where: { projectId: project.id, path: real },
    select: { id: true },
  });
  return stored.id;
};

const realFolder = async (folder: string): Promise<string> => {
  if (!path.isAbsolute(folder)) throw new AppError('invalid', 'A media root is an absolute path');
  const real = await realpath(folder).catch((cause: unknown) => {
    throw new AppError('invalid', `The studio's machine has no folder ${folder}`, { cause });
  });
  if (!(await stat(real)).isDirectory()) throw new AppError('invalid', `${folder} is not a folder`);
  if (path.dirname(real) === real)
    throw new AppError('invalid', 'The whole disk cannot be a media root: name a folder in it');
  return real;
};

/** Forgets a folder and its media; no file is touched. Throws `not_found` for foreign roots too. */
export const removeMediaRoot = async (viewer: Viewer, id: string): Promise<void> => {
  const { count } = await db.mediaRoot.deleteMany({ where: { id, ...visibleTo(viewer, engineers) } });
  if (count === 0) throw new AppError('not_found', 'Media root not found, or your role does not allow this');
};
