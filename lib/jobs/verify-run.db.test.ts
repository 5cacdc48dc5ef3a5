import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import { closeSendingBoss } from './boss';
import { queueRunVerification } from './verify-run';

afterAll(closeSendingBoss);

test('one task is queued for each iteration that has rollouts', async () => {
  const project = await seedProject();
  const { runId, iterationId } = await seedRun(project, { groups: 1 });
  await db.iteration.create({ data: { id: randomUUID(), projectId: project.projectId, runId, k: 1, state: 'draft' } });
  const ids = await queueRunVerification(project.owner, runId);
  expect(ids).toHaveLength(1);
  const task = await db.task.findUniqueOrThrow({ where: { id: ids[0] ?? '' } });
  expect(task).toMatchObject({ kind: 'verify', state: 'queued', payload: { iterationId } });
  // Asked again before a worker came, it is the same task.
  expect(await queueRunVerification(project.owner, runId)).toEqual(ids);
});

test('strangers and reviewers cannot ask, and a run without rollouts says so', async () => {
  const project = await seedProject();
  const { owner: stranger } = await seedProject();
  const { runId } = await seedRun(project, { groups: 0 });
  await expect(queueRunVerification(stranger, runId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(queueRunVerification(project.reviewer, runId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(queueRunVerification(project.owner, runId)).rejects.toMatchObject({ code: 'conflict' });
});
