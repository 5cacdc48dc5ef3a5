import 'server-only';
/** Saved views of a project: everybody in it sees them, and saves; who saved one and engineers remove it. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { engineers, getViewerProject, mayEngineerAny, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { SavedView, SavedViewInput } from '@/lib/domain/saved-view';
import { AppError } from '@/lib/errors';
import { Prisma } from '@/prisma/generated/client';

const MAX_VIEWS = 500;

/** By name, 500 at most. */
export const listSavedViews = async (viewer: Viewer): Promise<SavedView[]> => {
  const [rows, engineer] = await Promise.all([
    db.savedView.findMany({
      where: visibleTo(viewer),
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: MAX_VIEWS,
      select: {
        id: true,
        name: true,
        path: true,
        query: true,
        createdAt: true,
        createdBy: true,
        creator: { select: { name: true } },
      },
    }),
    mayEngineerAny(viewer),
  ]);
  return rows.map(({ creator, createdBy, createdAt, ...view }) => ({
    ...view,
    createdAt: createdAt.toISOString(),
    createdBy: creator?.name ?? null,
    mine: engineer || createdBy === viewer.userId,
  }));
};

/** Keeps it in the viewer's project. Throws `conflict` when the name is taken, `invalid` when there are too many. */
export const saveView = async (viewer: Viewer, { name, path, query }: SavedViewInput): Promise<string> => {
  const { id: projectId } = await getViewerProject(viewer);
  const id = randomUUID();
  if ((await db.savedView.count({ where: { projectId, ...visibleTo(viewer) } })) >= MAX_VIEWS) {
    throw new AppError('invalid', `There are ${MAX_VIEWS} saved views already: remove one that nobody needs`);
  }
  try {
    await db.savedView.create({ data: { id, projectId, createdBy: viewer.userId, name, path, query } });
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== 'P2002') throw cause;
    throw new AppError('conflict', `There is a view “${name}” already: choose another name, or remove that one`);
  }
  return id;
};

/** Throws `not_found` for a foreign one, and for somebody else's unless the viewer is an engineer. */
export const removeView = async (viewer: Viewer, id: string): Promise<void> => {
  const { count } = await db.savedView.deleteMany({
    where: { id, OR: [visibleTo(viewer, engineers), { createdBy: viewer.userId, ...visibleTo(viewer) }] },
  });
  if (count === 0) throw new AppError('not_found', 'View not found, or somebody else saved it');
};
