import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject } from '@/lib/data/testing/seed';
import { seedJob } from '@/lib/data/testing/seed-job';
import { testTrainerInfo } from '@/lib/domain/trainer/testing';
import { listTrainers } from './read';

test('a job on a device is named by its iteration where it is ours, and by nothing where it is not', async () => {
  const [project, other] = await Promise.all([seedProject(), seedProject()]);
  const { job, trainerId } = await seedJob(project);
  const foreign = await seedJob(other);
  const runs = async (id: string | null) => {
    const devices = testTrainerInfo.devices.map((device) => ({ ...device, job: id }));
    await db.trainer.update({ where: { id: trainerId }, data: { info: { ...testTrainerInfo, devices } } });
    return (await listTrainers(project.owner)).find((trainer) => trainer.id === trainerId)?.jobs;
  };
  const run = await db.run.findUniqueOrThrow({ where: { id: job.runId }, select: { name: true } });
  expect(await runs(job.id)).toEqual([{ id: job.id, iterationId: job.iterationId, k: 1, run: run.name }]);
  expect(await runs(foreign.job.id)).toEqual([]);
  expect(await runs(randomUUID())).toEqual([]);
  expect(await runs(null)).toEqual([]);
});
