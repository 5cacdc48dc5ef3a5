import 'server-only';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

/** The iteration of a run by name; the newest one without `k`. Throws `not_found`. */
export const findIterationByName = async (viewer: Viewer, runName: string, k?: number): Promise<string> => {
  const row = await db.iteration.findFirst({
    where: { run: { name: runName }, ...(k === undefined ? {} : { k }), ...visibleTo(viewer) },
    orderBy: { k: 'desc' },
    select: { id: true },
  });
  if (!row)
    throw new AppError(
      'not_found',
      `No run ${JSON.stringify(runName)}${k === undefined ? '' : ` with iteration ${k}`}`,
    );
  return row.id;
};
