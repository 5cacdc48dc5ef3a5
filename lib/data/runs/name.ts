import 'server-only';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

/** What a run is called. Throws `not_found` for foreign runs too. */
export const getRunName = async (viewer: Viewer, runId: string): Promise<string> => {
  const run = await db.run.findFirst({ where: { id: runId, ...visibleTo(viewer) }, select: { name: true } });
  if (!run) throw new AppError('not_found', 'Run not found');
  return run.name;
};
