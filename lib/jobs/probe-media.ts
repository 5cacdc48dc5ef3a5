import 'server-only';
/** Finds the files that questions name and reads what each one is. Killed anywhere it goes on with what is left. */
import { z } from 'zod';
import { listMediaFiles, lookAt, type MediaFile, needsProbe, storeReport } from '@/lib/data/media/probe';
import { resolveMedia } from '@/lib/data/media/resolve';
import { reportMedia } from '@/lib/domain/media-report';
import { probeFile } from '@/lib/media/run-native';
import { defineJob } from './define-job';
import { queueNames } from './queue-names';

/** Processes that read videos at once. */
const READERS = 2;

export const probeJob = defineJob({
  name: queueNames.probe,
  payload: z.object({}),
  concurrency: 1,
  run: async (_payload, { task, signal, report }) => {
    const { missing } = await resolveMedia(task.projectId);
    const files = await listMediaFiles(task.projectId);
    report({ done: 0, total: files.length, unit: 'videos' });
    let done = 0;
    let looked = 0;
    const queue = files.values();
    const work = async () => {
      for (const file of queue) {
        if (signal.aborted) return;
        if (await probeOne(task.projectId, file, signal)) looked += 1;
        done += 1;
        report({ done });
      }
    };
    await Promise.all(Array.from({ length: READERS }, work));
    return { state: signal.aborted ? 'cancelled' : 'done', result: { videos: files.length, looked, missing } };
  },
});

const probeOne = async (projectId: string, file: MediaFile, signal: AbortSignal): Promise<boolean> => {
  const now = await lookAt(file);
  if (!needsProbe(file, now)) return false;
  const report = now === undefined ? undefined : reportMedia(await probeFile(now.path, signal), now.bytes);
  await storeReport(projectId, file, now, report);
  return true;
};
