import 'server-only';
/** What an import sets off: verification of its iteration, and a look at the media its questions name. */
import { db } from '@/lib/data/db';
import type { ImportPayload } from '@/lib/data/imports/payload';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import { createTask } from './queue';

type After = {
  readonly userId: string;
  readonly projectId: string;
  readonly payload: ImportPayload;
  readonly added: boolean;
};

/** Queues the follow-up tasks and returns their ids. */
export const queueAfterImport = async ({ userId, projectId, payload, added }: After): Promise<string[]> => {
  if (!added) return [];
  const ids: string[] = [];
  const media = await db.question.findFirst({
    where: { projectId, mediaId: null, mediaPath: { not: null } },
    select: { id: true },
  });
  if (media && (await db.mediaRoot.count({ where: { projectId } })) > 0) {
    ids.push(await queueProbe(projectId, userId));
  }
  if (payload.iterationId !== null) {
    const iteration = await db.iteration.findUniqueOrThrow({
      where: { id: payload.iterationId },
      select: { k: true, run: { select: { name: true } } },
    });
    ids.push(
      await createTask({
        projectId,
        kind: 'verify',
        title: `Verify ${iteration.run.name}, iteration ${iteration.k}`,
        payload: { iterationId: payload.iterationId },
        unit: 'rollouts',
        createdBy: userId,
      }),
    );
  }
  return ids;
};

/** Queues a look at all media of a project that were not looked at yet. */
const queueProbe = (projectId: string, userId: string): Promise<string> =>
  createTask({ projectId, kind: 'probe', title: 'Look at the videos', payload: {}, unit: 'videos', createdBy: userId });

/** The same, for a person who added a folder or asks again. Throws `not_found` for viewers who may not. */
export const queueProbeForViewer = async (viewer: Viewer): Promise<string> => {
  const project = await getViewerProject(viewer, engineers);
  return queueProbe(project.id, viewer.userId);
};
