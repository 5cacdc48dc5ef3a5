/** Who comes through the loop's doors: nobody without a session, and of those with one only those who may. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import * as curriculumActions from '@/lib/actions/curriculum';
import * as iterationActions from '@/lib/actions/iterations';
import * as trainerActions from '@/lib/actions/trainers';
import { getLineage } from '@/lib/data/checkpoints/lineage';
import { getCurriculum } from '@/lib/data/curriculum/read';
import { leaveOutAgain, putBack } from '@/lib/data/curriculum/write';
import { db } from '@/lib/data/db';
import { getReviewOverview } from '@/lib/data/gates/review';
import { cancelIteration } from '@/lib/data/iterations/cancel';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration, listIterations } from '@/lib/data/iterations/read';
import { retryIteration } from '@/lib/data/iterations/retry';
import { getJobLogs } from '@/lib/data/jobs/logs';
import { getJobMetrics } from '@/lib/data/jobs/metrics';
import { getJob, listJobs } from '@/lib/data/jobs/read';
import { readLaunch } from '@/lib/data/launch/read';
import { insiders, outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { type SeededJob, seedJob } from '@/lib/data/testing/seed-job';
import { checkTrainer } from '@/lib/data/trainers/health';
import { getTrainer, listTrainers } from '@/lib/data/trainers/read';
import { forgetTrainer, registerTrainer } from '@/lib/data/trainers/register';
import type { Viewer } from '@/lib/data/viewer';
import type { LaunchRequest } from '@/lib/domain/loop/launch';
import { GET as getIterationRoute } from './iterations/[iterationId]/route';
import { GET as listIterationsRoute } from './iterations/route';
import { GET as getLogsRoute } from './jobs/[jobId]/logs/route';
import { GET as getMetricsRoute } from './jobs/[jobId]/metrics/route';
import { GET as getJobRoute } from './jobs/[jobId]/route';
import { GET as getLaunchRoute } from './launch/route';
import { GET as getCurriculumRoute } from './runs/[runId]/curriculum/route';
import { GET as getLineageRoute } from './runs/[runId]/lineage/route';
import { GET as listTrainersRoute } from './trainers/route';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

let project: SeededProject;
let seeded: SeededJob;
let dropped: { readonly iterationId: string; readonly questionId: string };

let viewers: ReadonlyMap<string, Viewer> = new Map();

beforeAll(async () => {
  project = await seedProject();
  const foreign = await seedProject();
  seeded = await seedJob(project);
  const { iterationId, runId } = seeded.job;
  const questionId = seeded.questionIds[0] ?? '';
  dropped = { iterationId, questionId };
  await db.curriculumDrop.create({ data: { ...dropped, projectId: project.projectId, runId } });
  viewers = await seedIdentities(project, foreign);
});

const viewerOf = (name: string): Viewer => viewers.get(name) ?? { userId: 'missing' };

/** Everything that is read by id, and every list. */
const reads = (viewer: Viewer) => {
  const { job, trainerId } = seeded;
  return [
    () => getIteration(viewer, job.iterationId),
    () => getJob(viewer, job.id),
    () => getJobMetrics(viewer, job.id),
    () => getJobLogs(viewer, job.id, { limit: 10 }),
    () => getLineage(viewer, job.runId),
    () => getCurriculum(viewer, job.runId),
    () => getReviewOverview(viewer, job.iterationId),
    () => getTrainer(viewer, trainerId),
    () => readLaunch(viewer, { runId: job.runId }),
  ];
};

const launchRequest = (): LaunchRequest => ({
  run: { id: seeded.job.runId },
  trainerId: seeded.trainerId,
  plan: { evaluate: { questionSets: [seeded.questionSetId], settings: {} } },
});

const writes = (viewer: Viewer) => {
  const { job, trainerId } = seeded;
  return [
    () => launchIteration(viewer, launchRequest()),
    () => cancelIteration(viewer, job.iterationId),
    () => retryIteration(viewer, job.iterationId, 'grpo'),
    () => checkTrainer(viewer, trainerId),
    () => forgetTrainer(viewer, trainerId),
    () => putBack(viewer, dropped),
    () => leaveOutAgain(viewer, dropped),
  ];
};

describe.each(outsiders)('%s', (name) => {
  test('finds nothing to read or to change', async () => {
    const viewer = viewerOf(name);
    for (const act of [...reads(viewer), ...writes(viewer)]) {
      await expect(act(), act.toString()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await listJobs(viewer, seeded.job.iterationId)).toEqual([]);
    expect((await listIterations(viewer)).map(({ id }) => id)).not.toContain(seeded.job.iterationId);
    expect((await listTrainers(viewer)).map(({ id }) => id)).not.toContain(seeded.trainerId);
  });
});

test.each(insiders)('%s reads everything', async (name) => {
  for (const act of reads(viewerOf(name))) await expect(act(), act.toString()).resolves.toBeTruthy();
});

test('a reviewer changes nothing', async () => {
  const viewer = viewerOf('a reviewer');
  const registration = { name: 'mine', url: 'http://127.0.0.1:9', token: 'x'.repeat(20), rewardUrl: null };
  for (const act of [...writes(viewer), () => registerTrainer(viewer, registration)]) {
    await expect(act(), act.toString()).rejects.toMatchObject({ code: 'not_found' });
  }
});

test.each(['an engineer', 'the owner'] as const)('%s puts a question back and takes that back', async (name) => {
  await putBack(viewerOf(name), dropped);
  await leaveOutAgain(viewerOf(name), dropped);
});

const request = new Request('http://localhost:3000/');
const answered = async (response: Promise<Response>) => (await response).status;

test('without a session every route answers 401', async () => {
  const { job } = seeded;
  const [iteration, ofJob, run] = [
    { params: Promise.resolve({ iterationId: job.iterationId }) },
    { params: Promise.resolve({ jobId: job.id }) },
    { params: Promise.resolve({ runId: job.runId }) },
  ];
  const statuses = await Promise.all([
    answered(listIterationsRoute(request, {})),
    answered(getIterationRoute(request, iteration)),
    answered(getJobRoute(request, ofJob)),
    answered(getMetricsRoute(request, ofJob)),
    answered(getLogsRoute(request, ofJob)),
    answered(getLaunchRoute(request, {})),
    answered(getCurriculumRoute(request, run)),
    answered(getLineageRoute(request, run)),
    answered(listTrainersRoute(request, {})),
  ]);
  expect(statuses).toEqual(statuses.map(() => 401));
});

const refused = z.object({ ok: z.literal(false), error: z.object({ code: z.literal('unauthenticated') }) });

test('without a session every action is refused before it looks at what it is given', async () => {
  const { iterationId } = seeded.job;
  const id = seeded.trainerId;
  const answers = await Promise.all([
    iterationActions.launch(launchRequest()),
    iterationActions.stopIteration({ iterationId }),
    iterationActions.retryFrom({ iterationId, from: 'grpo' }),
    curriculumActions.putQuestionBack(dropped),
    curriculumActions.leaveQuestionOut(dropped),
    trainerActions.addTrainer({ name: '', url: '', token: '', rewardUrl: '' }),
    trainerActions.askTrainer({ id }),
    trainerActions.removeTrainer({ id }),
  ]);
  for (const answer of answers) expect(refused.safeParse(answer).success).toBe(true);
  const actions = { ...iterationActions, ...curriculumActions, ...trainerActions };
  expect(answers).toHaveLength(Object.keys(actions).length);
});
