import { beforeAll, expect, test } from 'vitest';
import { getLineage } from '@/lib/data/checkpoints/lineage';
import { db, pool } from '@/lib/data/db';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { type SeededJob, seedJob, trainerLog } from '@/lib/data/testing/seed-job';
import { getJobLogs } from './logs';
import { getJobMetrics } from './metrics';
import { getJob, listJobs } from './read';
import { storeEvents } from './store-events';

let project: SeededProject;
let foreign: SeededProject;
let seeded: SeededJob;

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  seeded = await seedJob(project);
  await storeEvents(seeded.job, trainerLog(seeded.questionIds, { steps: 450, samples: 1 }));
});

test.each([
  ['the job', () => getJob(foreign.owner, seeded.job.id)],
  ['its figures', () => getJobMetrics(foreign.owner, seeded.job.id)],
  ['its log', () => getJobLogs(foreign.owner, seeded.job.id, { limit: 10 })],
  ['the lineage of its run', () => getLineage(foreign.owner, seeded.job.runId)],
])('%s is not there for strangers', async (_name, read) => {
  await expect(read()).rejects.toMatchObject({ code: 'not_found' });
});

test('an iteration has no jobs for strangers, and for reviewers those it has', async () => {
  expect(await listJobs(foreign.owner, seeded.job.iterationId)).toEqual([]);
  expect(await listJobs(project.reviewer, seeded.job.iterationId)).toMatchObject([
    { id: seeded.job.id, kind: 'grpo', state: 'succeeded', step: 450, dataCount: 3, rollouts: 1_350 },
  ]);
});

test('a job that another took the place of is marked', async () => {
  const old = await seedJob(project);
  await db.job.update({ where: { id: old.job.id }, data: { supersededAt: new Date() } });
  expect(await getJob(project.reviewer, old.job.id)).toMatchObject({ superseded: true });
  expect(await getJob(project.reviewer, seeded.job.id)).toMatchObject({ superseded: false });
});

test('figures in the order of their steps; of very many, the ends and the peaks', async () => {
  const { points, count } = await getJobMetrics(project.reviewer, seeded.job.id);
  expect(count).toBe(450);
  expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 450 }, (_, at) => at + 1));
  expect(points[1]).toEqual({ phase: 'train', step: 2, values: { loss: 0.5, kl: null } });
  await pool.query(
    `INSERT INTO job_metric SELECT $1, 'train', step, jsonb_build_object('loss', CASE step WHEN 7777 THEN 99 ELSE sin(step) END), now()
     FROM generate_series(451, 20000) AS step`,
    [seeded.job.id],
  );
  const newest = await getJobMetrics(project.reviewer, seeded.job.id, { train: 19_997, other: 3 });
  expect(newest.points.map(({ step }) => step)).toEqual([19_998, 19_999, 20_000]);
  expect(newest.count).toBe(20_000);
  expect((await getJobMetrics(project.reviewer, seeded.job.id, { train: 20_000 })).points).toEqual([]);
  const thin = await getJobMetrics(project.reviewer, seeded.job.id);
  expect(thin.count).toBe(20_000);
  expect(thin.points.length).toBeLessThan(2_100);
  const steps = thin.points.map(({ step }) => step);
  expect(steps).toEqual(expect.arrayContaining([1, 7777, 20_000]));
});

test('the log from its end, page by page', async () => {
  const first = await getJobLogs(project.reviewer, seeded.job.id, { limit: 200 });
  expect(first.more).toBe(true);
  expect(first.lines.map(({ message }) => message).slice(0, 2)).toEqual(['Step 450 is done', 'Step 449 is done']);
  const second = await getJobLogs(project.reviewer, seeded.job.id, { limit: 250, before: first.lines.at(-1)?.seq });
  expect(second.more).toBe(false);
  expect(second.lines.at(0)?.message).toBe('Step 250 is done');
  expect(second.lines.at(-1)?.message).toBe('Step 1 is done');
});

test('the lineage leads from the base to the new weights and back', async () => {
  const { checkpoints, jobs, pairSets } = await getLineage(project.reviewer, seeded.job.runId);
  const [base, made] = checkpoints;
  expect(base).toMatchObject({ stage: 'base', name: 'moving-shapes', k: null, parentId: null, jobId: null });
  expect(made).toMatchObject({
    stage: 'grpo',
    name: 'step-450',
    k: 1,
    step: 450,
    parentId: base?.id,
    jobId: seeded.job.id,
  });
  expect(made?.bytes).toBe(12_582_912);
  expect(jobs).toMatchObject([{ id: seeded.job.id, k: 1, checkpointId: base?.id, rollouts: 1_350 }]);
  expect(pairSets).toEqual([]);
  expect(await db.checkpoint.count({ where: { runId: seeded.job.runId } })).toBe(2);
});
