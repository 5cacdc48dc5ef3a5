import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { finalCheckpoint } from '@/lib/data/checkpoints/read';
import { defaultStart } from '@/lib/data/checkpoints/start';
import { db, pool } from '@/lib/data/db';
import { listMeasures } from '@/lib/data/launch/measures';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { type SeededJob, seedJob, trainerLog } from '@/lib/data/testing/seed-job';
import { type TrainerEvent, trainerEventSchema } from '@/lib/domain/trainer/event';
import { getJob } from './read';
import { storeEvents } from './store-events';

let project: SeededProject;
beforeAll(async () => {
  project = await seedProject();
});

const rolloutsOf = ({ job }: SeededJob) =>
  db.rollout.findMany({
    where: { iterationId: job.iterationId },
    include: { rolloutText: true },
    orderBy: { seq: 'asc' },
  });
const logsOf = ({ job }: SeededJob) => db.jobLog.findMany({ where: { jobId: job.id }, orderBy: { seq: 'asc' } });

/** A small generator of numbers (mulberry32), so that a failure can be repeated. */
const numbers = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
};

/** Breaks a transaction at its very end, after everything was written: by an error, or by the end of its connection. */
const crashSometimes = (jobId: string) =>
  pool.query(`
    CREATE FUNCTION crash_sometimes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF random() < 0.2 THEN RAISE EXCEPTION 'crashed'; END IF;
      IF random() < 0.15 THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER crash BEFORE UPDATE ON job FOR EACH ROW WHEN (NEW.id = '${jobId}') EXECUTE FUNCTION crash_sometimes();
  `);

describe('exactly once', () => {
  test('two workers that send random overlapping slices, and crash between them, store every event once', async () => {
    const seeded = await seedJob(project, { questions: 4 });
    const { job, questionIds } = seeded;
    const log = trainerLog(questionIds, { steps: 20, samples: 4 });
    await crashSometimes(job.id);
    let crashes = 0;
    const work = async (seed: number): Promise<void> => {
      const below = numbers(seed);
      for (;;) {
        const { rows } = await pool.query<{ seq: number }>('SELECT last_event_seq::int AS seq FROM job WHERE id = $1', [
          job.id,
        ]);
        const stored = rows[0]?.seq ?? 0;
        if (stored === log.length) return;
        const from = Math.max(0, stored - below(30));
        try {
          await storeEvents(job, log.slice(from, stored + 1 + below(40)));
        } catch (error) {
          crashes += 1;
          expect(String(error)).toMatch(/crashed|terminat/);
        }
      }
    };
    await Promise.all([work(1), work(2)]);
    expect(crashes).toBeGreaterThan(2);

    const expected = log.flatMap((event) =>
      event.type === 'rollout' ? [`${event.step} ${event.questionId} ${event.sample}`] : [],
    );
    const stored = await rolloutsOf(seeded);
    const names = stored.map(({ step, questionId, sampleIndex }) => `${step} ${questionId} ${sampleIndex}`);
    expect(names.toSorted()).toEqual(expected.toSorted());
    expect(stored.every(({ rolloutText }) => rolloutText?.response.includes('so it goes right'))).toBe(true);
    const groups = await db.rolloutGroup.count({ where: { iterationId: job.iterationId } });
    expect(groups).toBe(20 * questionIds.length);
    const metrics = await db.jobMetric.findMany({ where: { jobId: job.id }, orderBy: { step: 'asc' } });
    expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect((await logsOf(seeded)).map(({ message }) => message)).toEqual(
      Array.from({ length: 20 }, (_, at) => `Step ${at + 1} is done`),
    );
    expect(await db.checkpoint.count({ where: { jobId: job.id } })).toBe(1);
    expect(await getJob(project.owner, job.id)).toMatchObject({
      state: 'succeeded',
      attempt: 1,
      device: 'cpu',
      step: 20,
      steps: 20,
      rollouts: expected.length,
      error: null,
      startedAt: '2026-01-05T10:00:00.250Z',
      result: { seconds: 71.5, rollouts: 80 },
    });
  });

  test('a gap is refused, and nothing of it is stored', async () => {
    const seeded = await seedJob(project);
    const log = trainerLog(seeded.questionIds, { steps: 2, samples: 2 });
    await storeEvents(seeded.job, log.slice(0, 3));
    await expect(storeEvents(seeded.job, log.slice(4))).rejects.toMatchObject({ code: 'conflict' });
    await expect(storeEvents(seeded.job, [...log.slice(3, 5), ...log.slice(6)])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await rolloutsOf(seeded)).toHaveLength(1);
    await storeEvents(seeded.job, log);
    await storeEvents(seeded.job, log);
    expect(await rolloutsOf(seeded)).toHaveLength(12);
  });

  test('a job that is gone, or of another project', async () => {
    const { job, questionIds } = await seedJob(project);
    const log = trainerLog(questionIds, { steps: 1, samples: 1 });
    const other = await seedProject();
    await expect(storeEvents({ ...job, projectId: other.projectId }, log)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getJob(other.owner, job.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** The messages that both sides test, about this job's first question. */
const fixtureEvents = (questionId: string): TrainerEvent[] => {
  const file = path.join(import.meta.dirname, '../../../fixtures/trainer/events.json');
  const table = z.object({ accepted: z.array(z.object({ value: z.unknown() })) });
  return table.parse(JSON.parse(readFileSync(file, 'utf8'))).accepted.map(({ value }) => {
    const event = trainerEventSchema.parse(value);
    return event.type === 'rollout' ? { ...event, questionId } : event;
  });
};

describe('what is stored', () => {
  test('the messages of the fixtures', async () => {
    const seeded = await seedJob(project);
    const [questionId = ''] = seeded.questionIds;
    const events = fixtureEvents(questionId);
    await storeEvents(seeded.job, events);
    const [onVideo, onText] = await rolloutsOf(seeded);
    const told = events.filter((event) => event.type === 'rollout');
    expect(onVideo).toMatchObject({
      questionId,
      source: `job ${seeded.job.id}`,
      stage: 'grpo',
      sampleIndex: 3,
      finishReason: 'stop',
      totalTokens: 21,
      thinkTokens: 14,
      tokenSource: 'trainer',
      loggedReward: 1.5,
      loggedCorrect: null,
      rolloutText: {
        response: told[0]?.response,
        rewards: { accuracy: 1, format: 0.5, advantage: 0.71 },
        frameIndices: told[0]?.frameIndices,
        frameTimes: told[0]?.frameTimes,
        frameHeight: told[0]?.frameSize?.[0],
        frameWidth: told[0]?.frameSize?.[1],
      },
    });
    expect(onText).toMatchObject({
      sampleIndex: 0,
      finishReason: 'length',
      thinkTokens: null,
      tokenSource: null,
      loggedReward: null,
      rolloutText: { frameTimes: [], frameHeight: null, frameWidth: null },
    });
    expect(await logsOf(seeded)).toMatchObject([
      { seq: 4n, level: 'info' },
      { seq: 5n, level: 'warning', questionId: null, message: 'clip 17 cannot be decoded: no video stream' },
    ]);
    expect(await getJob(project.owner, seeded.job.id)).toMatchObject({
      state: 'failed',
      attempt: 2,
      error: expect.stringContaining('SIGKILL'),
      result: { failedQuestions: 1 },
    });
  });

  test('the final checkpoint is the child of the weights that the job started from', async () => {
    const seeded = await seedJob(project);
    const { job } = seeded;
    await storeEvents(job, trainerLog(seeded.questionIds, { steps: 1, samples: 1 }));
    const checkpoint = await finalCheckpoint(project.projectId, job.id);
    expect(checkpoint).toMatchObject({
      stage: 'grpo',
      k: 1,
      trainerId: seeded.trainerId,
      model: { source: 'checkpoint', job: job.id, name: 'step-1' },
    });
    expect(await db.checkpoint.findFirst({ where: { jobId: job.id } })).toMatchObject({
      parentId: job.checkpointId,
      bytes: 12_582_912n,
    });
    const startAfter = async (state: string) => {
      await db.iteration.update({ where: { id: job.iterationId }, data: { state } });
      return (await defaultStart(project.projectId, job.runId))?.id;
    };
    expect(await startAfter('failed')).toBe(job.checkpointId);
    expect(await startAfter('done')).toBe(checkpoint?.id);
  });

  test('a resume takes a failed job on, with its error gone', async () => {
    const { job, questionIds } = await seedJob(project);
    const log = fixtureEvents(questionIds[0] ?? '');
    const state = { type: 'state', attempt: 3, device: null, error: null, time: '2026-01-05T11:00:00.000Z' } as const;
    await storeEvents(job, [...log, { ...state, seq: 11, state: 'queued' }]);
    expect(await getJob(project.owner, job.id)).toMatchObject({
      state: 'queued',
      error: null,
      finishedAt: null,
      step: 1,
    });
    await storeEvents(job, [{ ...state, seq: 12, state: 'running' }]);
    const running = await getJob(project.owner, job.id);
    expect(running).toMatchObject({ state: 'running', attempt: 3, startedAt: '2026-01-05T11:00:00.000Z' });
  });
});

describe('what a trainer gone wrong says', () => {
  const rollout = (seq: number, change: Partial<Extract<TrainerEvent, { type: 'rollout' }>>): TrainerEvent => {
    const [first] = trainerLog([''], { steps: 1, samples: 1 }).filter((event) => event.type === 'rollout');
    if (!first) throw new Error('the log has no rollout');
    return { ...first, ...change, seq };
  };

  test('rollouts of questions that the job was not given are a warning and no row', async () => {
    const [seeded, neighbour, stranger] = [
      await seedJob(project),
      await seedJob(project),
      await seedJob(await seedProject()),
    ];
    const ours = seeded.questionIds[0] ?? '';
    await storeEvents(seeded.job, [
      rollout(1, { questionId: neighbour.questionIds[0] ?? '' }),
      rollout(2, { questionId: stranger.questionIds[0] ?? '' }),
      rollout(3, { questionId: "q1'; DROP TABLE rollout; --\0\ud800" }),
      rollout(4, { questionId: ours }),
      rollout(5, { questionId: ours, response: 'the same sample again' }),
      rollout(6, { questionId: ours, sample: 2 ** 40 }),
    ]);
    await storeEvents(seeded.job, [rollout(7, { questionId: ours, response: 'and again, later' })]);
    const stored = await rolloutsOf(seeded);
    expect(stored.map(({ questionId }) => questionId)).toEqual([ours]);
    expect(stored[0]?.rolloutText?.response).toContain('so it goes right');
    const logs = await logsOf(seeded);
    expect(logs.map(({ seq, level }) => [Number(seq), level])).toEqual(
      [1, 2, 3, 5, 6, 7].map((seq) => [seq, 'warning']),
    );
    expect(logs[0]?.message).toContain('was not given');
    expect((await getJob(project.owner, seeded.job.id)).rollouts).toBe(1);
  });

  test('a thousand foreign rollouts are twenty lines, of which the last counts the rest', async () => {
    const seeded = await seedJob(project);
    const foreign = Array.from({ length: 1_000 }, (_, at) => rollout(at + 1, { questionId: `q${at}` }));
    await storeEvents(seeded.job, foreign);
    const logs = await logsOf(seeded);
    expect(logs).toHaveLength(20);
    expect(logs.at(-1)?.message).toMatch(/So are 980 more/);
  });

  test('rewards too small for their column, and responses beyond every model', async () => {
    const seeded = await seedJob(project);
    const questionId = seeded.questionIds[0] ?? '';
    await storeEvents(seeded.job, [
      rollout(1, { questionId, reward: 1e-60, advantage: -1e-320, rewards: { tiny: 1e-60 } }),
      rollout(2, { questionId, sample: 1, response: 'x'.repeat(4_000_001) }),
    ]);
    expect(await rolloutsOf(seeded)).toMatchObject([{ loggedReward: 0, sampleIndex: 0 }]);
    expect((await logsOf(seeded)).map(({ message }) => message)).toEqual([
      'Sample 1 of step 1 is left out: two million characters are the most.',
    ]);
  });

  test('endless lines are kept up to an end, which the log tells', async () => {
    const seeded = await seedJob(project);
    const { id } = seeded.job;
    await pool.query(
      `INSERT INTO job_log (job_id, seq, at, level, message)
       SELECT $1, -n, now(), 'debug', '' FROM generate_series(1, 99997) AS n`,
      [id],
    );
    const time = '2026-01-05T10:00:00.000Z';
    const log = (seq: number): TrainerEvent => ({
      ...{ seq, time, type: 'log', level: 'info', message: `line ${seq}`, questionId: null },
    });
    await storeEvents(seeded.job, [log(1), log(2), log(3), log(4)]);
    await storeEvents(seeded.job, [log(5)]);
    const kept = await db.jobLog.findMany({ where: { jobId: id, seq: { gt: 0 } }, orderBy: { seq: 'asc' } });
    expect(kept.map(({ message }) => message)).toEqual([
      'line 1',
      'line 2',
      'This log is full: what comes after this line is not kept.',
    ]);
  });

  test('figures beyond all measure leave the estimates of every launch as they are', async () => {
    const seeded = await seedJob(project);
    const time = (second: number) => `2026-01-05T10:00:0${second}.000Z`;
    const metric = (seq: number, values: Record<string, number>): TrainerEvent => ({
      ...{ seq, time: time(seq), type: 'metric', step: seq, steps: 9, phase: 'train', values },
    });
    const state = { type: 'state', state: 'running', attempt: 1, device: 'cpu', error: null } as const;
    await storeEvents(seeded.job, [
      { ...state, seq: 1, time: time(1) },
      metric(2, { sampleSeconds: 1e308, samplesPerSecond: 1e308, rewardSeconds: -1e308 }),
      metric(3, { sampleSeconds: 1e-300, samplesPerSecond: 1e-300, rewardSeconds: 1e-300 }),
      metric(4, { sampleSeconds: 1e100, samplesPerSecond: 1e100, rewardSeconds: 1e100 }),
    ]);
    await expect(listMeasures(project.owner)).resolves.toBeInstanceOf(Array);
    expect(await db.jobMetric.findMany({ where: { jobId: seeded.job.id }, orderBy: { step: 'asc' } })).toMatchObject([
      { values: { sampleSeconds: null, samplesPerSecond: null } },
      { values: { sampleSeconds: 0 } },
      { values: { sampleSeconds: 1e100 } },
    ]);
  });

  test('text that cannot be stored, frames that do not fit each other, steps beyond every number', async () => {
    const seeded = await seedJob(project);
    const questionId = seeded.questionIds[0] ?? '';
    const time = '2026-01-05T10:00:00.000Z';
    await storeEvents(seeded.job, [
      rollout(1, { questionId, response: 'a\0b\ud800', rewards: { 'r\0': 1e308 }, frameTimes: [1] }),
      rollout(2, { questionId, sample: 1, frameIndices: [-1], frameTimes: [0] }),
      { seq: 3, time, type: 'log', level: 'error', message: `x\0${'y'.repeat(30_000)}`, questionId },
      { seq: 4, time, type: 'metric', step: 2 ** 40, steps: 2 ** 50, phase: 'train', values: { loss: 1 } },
      { seq: 5, time, type: 'metric', step: 1, steps: 2 ** 50, phase: 'train', values: { 'lo\0ss': 1, ok: null } },
      { seq: 6, time, type: 'state', state: 'failed', attempt: 2 ** 40, device: 'cpu', error: 'broke\0n' },
    ]);
    expect(await rolloutsOf(seeded)).toMatchObject([
      { rolloutText: { response: 'a\ufffdb\ufffd', frameIndices: [0, 4, 8, 11], frameTimes: [] } },
      { rolloutText: { frameTimes: [] } },
    ]);
    expect(await logsOf(seeded)).toMatchObject([{ questionId }]);
    expect(await db.jobMetric.findMany({ where: { jobId: seeded.job.id } })).toMatchObject([
      { step: 1, values: { 'lo\ufffdss': 1, ok: null } },
    ]);
    expect(await getJob(project.owner, seeded.job.id)).toMatchObject({
      state: 'failed',
      error: 'broke\ufffdn',
      steps: null,
    });
  });
});
