import 'server-only';
/** What a replay knows and the loop cannot: when a recorded iteration was made, and which of its weights were kept. */
import { db } from '@/lib/data/db';
import type { RecordedIteration } from '@/lib/domain/recording/recording';
import type { ModelRef } from '@/lib/domain/trainer/job';

/**
 * Gives a played iteration, its run, its jobs and its checkpoints the times of the recording, and says of each checkpoint where
 * its weights lie: under the name they were kept by among any trainer's models, or nowhere. `begunAt` is the time of the
 * run and its base, at or before the iteration's. Repeating changes nothing.
 */
export const settleIteration = (
  projectId: string,
  iterationId: string,
  begunAt: Date,
  { startedAt, finishedAt, jobs }: RecordedIteration,
): Promise<void> =>
  db.$transaction(async (tx) => {
    const { runId } = await tx.iteration.update({
      where: { id: iterationId, projectId },
      data: { createdAt: startedAt, finishedAt },
      select: { runId: true },
    });
    const younger = { createdAt: { gt: begunAt } };
    await tx.run.updateMany({ where: { id: runId, projectId, ...younger }, data: { createdAt: begunAt } });
    await tx.checkpoint.updateMany({ where: { runId, stage: 'base', ...younger }, data: { createdAt: begunAt } });
    const rows = await tx.job.findMany({
      where: { iterationId, projectId },
      select: { id: true, kind: true, startedAt: true, finishedAt: true },
    });
    for (const { id, kind, ...times } of rows) {
      if (times.startedAt) await tx.job.update({ where: { id }, data: { createdAt: times.startedAt } });
      const name = jobs.find((job) => job.kind === kind)?.kept ?? null;
      await tx.checkpoint.updateMany({
        where: { jobId: id, projectId },
        data: {
          kept: name !== null,
          ...(name === null ? {} : { model: { source: 'local', name } satisfies ModelRef }),
          ...(times.finishedAt ? { createdAt: times.finishedAt } : {}),
        },
      });
    }
  });
