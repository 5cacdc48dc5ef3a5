import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config } from '@/lib/config';
import { findTokenViewer } from '@/lib/data/access/api-tokens';
import { openRewardToken } from '@/lib/data/access/reward-token';
import { db, pool } from '@/lib/data/db';
import { getJob, readJobRecord } from '@/lib/data/jobs/read';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { type SeededJob, seedJob, trainerLog } from '@/lib/data/testing/seed-job';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import { AppError } from '@/lib/errors';
import { type JobPort, trainerPort } from '@/lib/trainer/port';
import { hasTrainer, startTrainer, type TestTrainer } from '@/lib/trainer/testing';
import { followJob } from './follow-job';
import { submitJob } from './submit-job';

let project: SeededProject;
beforeAll(async () => {
  project = await seedProject();
});

const signal = new AbortController().signal;
const quiet = { signal, onTrouble: () => undefined };
const rewardUrl = 'http://127.0.0.1:3000/api/v1/rewards';
const submitting = { signal, exclude: new Set<string>(), rewardUrl, onProgress: () => undefined };

/** A trainer that has only a log, and hands out of it what `answer` lets through. */
const logPort = (answer: (after: number) => AsyncGenerator<TrainerEvent>): JobPort => {
  const absent = () => Promise.reject(new Error('not asked in this test'));
  const reachable: JobPort['getJob'] = async (jobId) => ({
    job: { id: jobId, kind: 'grpo', engine: 'builtin', title: '' },
    state: 'running',
    attempt: 1,
    device: null,
    queuePosition: null,
    waitingFor: null,
    cancelRequested: false,
    progress: { step: null, steps: null, rollouts: 0 },
    lastSeq: 0,
    error: null,
    createdAt: '2026-01-05T10:00:00.000Z',
    startedAt: null,
    finishedAt: null,
  });
  return {
    putFile: absent,
    createJob: absent,
    getJob: reachable,
    cancelJob: absent,
    resumeJob: absent,
    readEvents: (_jobId, { after }) => answer(after),
  };
};

describe('following', () => {
  test('across a lost connection: trouble is told and taken back, and the token lives until the end', async () => {
    const { job, questionIds } = await seedJob(project);
    const log = trainerLog(questionIds, { steps: 3, samples: 2 });
    const told: (string | null)[] = [];
    const token = await openRewardToken(job);
    let calls = 0;
    const port = logPort(async function* (after) {
      calls += 1;
      expect(await findTokenViewer(token, 'rewards')).toMatchObject({
        userId: project.owner.userId,
        projectId: project.projectId,
      });
      if (calls === 2) throw new AppError('unavailable', 'The trainer at there cannot be reached.');
      yield* log.slice(after, calls === 1 ? 7 : undefined);
      if (calls === 1) throw new AppError('unavailable', 'The trainer at there did not answer in time.');
    });
    const onTrouble = (sentence: string | null): void => void told.push(sentence);
    expect(await followJob(job, port, { signal, onTrouble })).toEqual({ state: 'succeeded', error: null });
    expect(told).toEqual([
      'The trainer at there did not answer in time.',
      null,
      'The trainer at there cannot be reached.',
      null,
    ]);
    expect(await findTokenViewer(token, 'rewards')).toBeUndefined();
    expect(await db.rollout.count({ where: { iterationId: job.iterationId } })).toBe(18);
  });

  test.each([
    ['the trainer does not know the job', new AppError('not_found', 'There is no such job.')],
    ['its log is shorter than ours', new AppError('conflict', 'The log ends at seq 3.')],
    ['a fault of ours', new TypeError('a bug')],
  ])('%s: it flies', async (_name, error) => {
    const { job } = await seedJob(project);
    // biome-ignore lint/correctness/useYield: it fails before there is anything.
    const port = logPort(async function* () {
      throw error;
    });
    await expect(followJob(job, port, quiet)).rejects.toBe(error);
  });

  test('a worker that stops ends it with its own reason, in the middle of a wait', async () => {
    const { job } = await seedJob(project);
    const leaving = new AbortController();
    // biome-ignore lint/correctness/useYield: it fails before there is anything.
    const port = logPort(async function* () {
      throw new AppError('unavailable', 'Not there.');
    });
    const reason = new Error('the worker stops');
    setTimeout(() => leaving.abort(reason), 50);
    await expect(followJob(job, port, { ...quiet, signal: leaving.signal })).rejects.toBe(reason);
  });
});

describe.skipIf(!hasTrainer())(
  'a real trainer (skipped where Python has not installed it: npm run trainer-test)',
  { timeout: 90_000 },
  () => {
    let folder: string;
    let trainer: TestTrainer;
    const start = async (): Promise<void> => {
      trainer = await startTrainer(path.join(folder, 'data'));
    };
    /** Where it is now: after a kill it comes back at another port. */
    const port = trainerPort(async () => trainer.address);
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'veripo-follow-'));
      await start();
    }, 90_000);
    afterAll(async () => {
      await trainer?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    /** The small engine answers the first question twice a step. */
    const expectSteps = async ({ job, questionIds }: SeededJob, steps: number): Promise<void> => {
      const rollouts = await db.rollout.findMany({
        where: { iterationId: job.iterationId },
        orderBy: [{ step: 'asc' }, { sampleIndex: 'asc' }],
      });
      const names = rollouts.map(({ step, questionId, sampleIndex }) => `${step} ${questionId} ${sampleIndex}`);
      const every = Array.from({ length: steps }, (_, at) =>
        [0, 1].map((sample) => `${at + 1} ${questionIds[0]} ${sample}`),
      );
      expect(names).toEqual(every.flat());
      expect(await db.jobMetric.count({ where: { jobId: job.id } })).toBe(steps);
    };

    test('is given its job twice, is killed twice while it is followed, and everything is there once', async () => {
      const seeded = await seedJob(project, {
        name: `steps=120 delay=0.03 ${randomUUID()}`,
        engine: 'small',
        kind: 'rollout',
        prepared: false,
      });
      const { job } = seeded;
      await submitJob(job, port, submitting);
      await submitJob(job, port, submitting);
      expect(await readdir(path.join(config().VERIPO_DATA_DIR, 'tmp'))).toEqual([]);

      const told: (string | null)[] = [];
      const following = followJob(job, port, { signal, onTrouble: (sentence) => void told.push(sentence) });
      for (let kills = 0; kills < 2; kills += 1) {
        await expect
          .poll(async () => (await getJob(project.owner, job.id)).step, { timeout: 30_000 })
          .toBeGreaterThan(5 + 30 * kills);
        await trainer.kill();
        await sleep(300);
        await start();
      }
      expect(await following).toEqual({ state: 'succeeded', error: null });
      await expectSteps(seeded, 120);
      expect(told.at(-1)).toBeNull();
      expect(told.filter((sentence) => sentence?.includes('cannot be reached')).length).toBeGreaterThan(0);
    });

    test('two workers that follow one job store it once, and a cut database connection loses nothing', async () => {
      const seeded = await seedJob(project, {
        name: `steps=60 delay=0.03 ${randomUUID()}`,
        engine: 'small',
        kind: 'rollout',
        prepared: false,
      });
      const { job } = seeded;
      await submitJob(job, port, submitting);
      const follow = async (): Promise<string> => {
        for (;;) {
          try {
            return (await followJob(job, port, quiet)).state;
          } catch (error) {
            expect(String(error)).toMatch(/terminat|closed/);
          }
        }
      };
      const cutting = (async () => {
        for (let cut = 0; cut < 4; cut += 1) {
          await sleep(400);
          const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
          await pool.query(cutAll).catch((error: unknown) => expect(String(error)).toMatch(/terminat|closed/));
        }
      })();
      expect(await Promise.all([follow(), follow()])).toEqual(['succeeded', 'succeeded']);
      await cutting;
      await expectSteps(seeded, 60);
    });

    test('a job that failed says why, and goes on when it is resumed', async () => {
      const seeded = await seedJob(project, {
        name: `steps=12 confess=7 ${randomUUID()}`,
        engine: 'small',
        kind: 'rollout',
        prepared: false,
      });
      await submitJob(seeded.job, port, submitting);
      expect(await followJob(seeded.job, port, quiet)).toEqual({
        state: 'failed',
        error: 'The clip of q1 cannot be decoded.',
      });
      await port.resumeJob(seeded.job.id);
      // It goes on from step 5 and meets the same clip again.
      expect(await followJob(seeded.job, port, quiet)).toMatchObject({ state: 'failed' });
      expect(await getJob(project.owner, seeded.job.id)).toMatchObject({ attempt: 2, rollouts: 14 });
      await expectSteps(seeded, 7);
    });

    test('takes the clips that it misses with a GRPO job, and ends it when it is cancelled', async () => {
      const seeded = await seedJob(project, { name: `steps=100000 ${randomUUID()}`, engine: 'small', prepared: false });
      const { projectId } = project;
      const [rootId, mediaId, clip] = [randomUUID(), randomUUID(), 'clip.mp4'];
      await writeFile(path.join(folder, clip), `bytes of a clip ${rootId}`);
      await db.mediaRoot.create({ data: { id: rootId, projectId, name: 'clips', path: folder } });
      await db.media.create({ data: { id: mediaId, projectId, rootId, relPath: clip, state: 'playable' } });
      const shown = { modality: 'video', mediaPath: clip, mediaId };
      await db.question.update({ where: { id: seeded.questionIds[1] ?? '' }, data: shown });
      await submitJob(seeded.job, port, submitting);
      const following = followJob(seeded.job, port, quiet);
      await expect
        .poll(async () => (await getJob(project.owner, seeded.job.id)).rollouts, { timeout: 30_000 })
        .toBeGreaterThan(0);
      await port.cancelJob(seeded.job.id);
      expect(await following).toMatchObject({ state: 'cancelled' });
      expect(await getJob(project.owner, seeded.job.id)).toMatchObject({ state: 'cancelled', dataCount: 3 });
    });

    test('a job that has succeeded cannot be resumed', async () => {
      const seeded = await seedJob(project, {
        name: `steps=2 ${randomUUID()}`,
        engine: 'small',
        kind: 'rollout',
        prepared: false,
      });
      await submitJob(seeded.job, port, submitting);
      await followJob(seeded.job, port, quiet);
      await expect(port.resumeJob(seeded.job.id)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/succeeded/),
      });
      expect((await readJobRecord(project.projectId, seeded.job.id)).state).toBe('succeeded');
    });
  },
);
