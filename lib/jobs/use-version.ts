import 'server-only';
/** Moving a run to another verifier version, as a person asks for it. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { moveRun } from '@/lib/data/verifier/move-run';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { AppError } from '@/lib/errors';
import { queueVerifications } from './verify-run';

export const useVersionSchema = z.object({
  runId: z.uuid(),
  versionId: z.uuid(),
  /** Propose the pairs of iterations again that have some. */
  repropose: z.boolean().default(true),
});
export type UseVersion = z.input<typeof useVersionSchema>;

type Moved = { readonly projectId: string; readonly moved: boolean };

/**
 * Points the run at the version, without any work on its rollouts; false when it stands on it. Engineers only.
 *
 * @throws AppError `not_found` for foreign runs and versions, `conflict` for a version of older rules, and while the
 *   loop works with the present verdicts.
 */
export const pointRunAt = async (viewer: Viewer, runId: string, versionId: string): Promise<Moved> => {
  const run = await db.run.findFirst({
    where: { id: runId, ...visibleTo(viewer, engineers) },
    select: { projectId: true },
  });
  if (!run) throw new AppError('not_found', 'Run not found, or your role does not allow moving it');
  const { projectId } = run;
  const version = await db.verifierVersion.findFirst({
    where: { id: versionId, projectId },
    select: { number: true, rulesVersion: true },
  });
  if (!version) throw new AppError('not_found', 'This verifier version is not one of the run’s project');
  if (version.rulesVersion !== RULES_VERSION) {
    const why = `Version ${version.number} is of older rules, which no longer read`;
    throw new AppError('conflict', `${why}: save a new version from it, and use that`);
  }
  return { projectId, moved: await db.$transaction((tx) => moveRun(tx, runId, versionId)) };
};

/** As `pointRunAt`, for a run by its name and a version by its number. */
export const pointRunByName = async (viewer: Viewer, name: string, number: number): Promise<Moved> => {
  const run = await db.run.findFirst({
    where: { name, ...visibleTo(viewer, engineers) },
    select: { id: true, projectId: true },
  });
  if (!run) throw new AppError('not_found', `There is no run ${name}, or your role does not allow moving it`);
  const version = await db.verifierVersion.findFirst({
    where: { number, projectId: run.projectId },
    select: { id: true },
  });
  if (!version) throw new AppError('not_found', `There is no verifier version ${number}`);
  return pointRunAt(viewer, run.id, version.id);
};

/**
 * Moves a run to a version and queues what that asks for, an iteration each: deciding anew from stored measures,
 * reading where the version reads otherwise, and proposing again. Asked again, it queues what is still owed. Throws as
 * `pointRunAt`.
 */
export const moveRunToVersion = async (viewer: Viewer, input: UseVersion): Promise<string[]> => {
  const { runId, versionId, repropose } = useVersionSchema.parse(input);
  const { projectId, moved } = await pointRunAt(viewer, runId, versionId);
  if (moved) {
    await notify({ projectId, topic: 'verifier', id: versionId });
    await notify({ projectId, topic: 'verdict', id: runId });
  }
  return queueVerifications(viewer, runId, { repropose });
};
