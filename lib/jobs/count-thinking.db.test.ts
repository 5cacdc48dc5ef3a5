import { afterAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { seedProject } from '@/lib/data/testing/seed';
import { closeSendingBoss } from './boss';
import { countAtStart, countJob, countThinking } from './count-thinking';
import { importNow } from './import-now';
import { chain, rolloutLine, writeTestFile } from './testing';
import { verifyNow } from './verify-now';

afterAll(closeSendingBoss);
const quiet = () => {};
const never = new AbortController().signal;

/** A project whose `rows` rollouts were verified before their thinking was counted. */
const seedUncounted = async (rows: number) => {
  const project = await seedProject();
  const lines = Array.from({ length: rows }, (_, at) => rolloutLine(`q${at}`, chain('B', `Words ${at}. And more.`)));
  await importNow(project.owner, await writeTestFile(`count-${project.projectId}.ndjson`, lines.join('\n')), {
    run: 'r',
  });
  await verifyNow(project.owner, 'r', undefined, quiet);
  const counted = await sizes(project.projectId);
  await db.rollout.updateMany({
    where: { projectId: project.projectId },
    data: { thinkWords: null, thinkSentences: null },
  });
  return { ...project, counted };
};

const sizes = (projectId: string) =>
  db.rollout.findMany({
    where: { projectId },
    orderBy: { seq: 'asc' },
    select: { thinkWords: true, thinkSentences: true },
  });
const left = (projectId: string) => db.rollout.count({ where: { projectId, thinkWords: null } });

describe('counting what was verified before', () => {
  test('gives what verification would have, of this project alone, and once', async () => {
    const { projectId, counted } = await seedUncounted(12);
    const other = await seedUncounted(2);
    expect(counted[0]).toEqual({ thinkWords: 9, thinkSentences: 3 });
    expect(await countThinking(projectId, never)).toBe(12);
    expect(await sizes(projectId)).toEqual(counted);
    expect(await countThinking(projectId, never)).toBe(0);
    expect(await left(other.projectId)).toBe(2);
  });

  test('stops after a batch and goes on where it was', async () => {
    const { projectId, counted } = await seedUncounted(1_100);
    const stop = new AbortController();
    expect(await countThinking(projectId, stop.signal, () => stop.abort())).toBe(500);
    expect(await left(projectId)).toBe(600);
    expect(await countThinking(projectId, never)).toBe(600);
    expect(await sizes(projectId)).toEqual(counted);
  });

  test('waits for nobody who holds a rollout, and comes back to it', async () => {
    const { projectId } = await seedUncounted(3);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM rollout WHERE project_id = $1 ORDER BY seq LIMIT 1 FOR UPDATE', [projectId]);
      expect(await countThinking(projectId, never)).toBe(2);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    expect(await left(projectId)).toBe(1);
    expect(await countThinking(projectId, never)).toBe(1);
  });

  test('leaves alone what was not verified: its verification counts it', async () => {
    const { projectId } = await seedUncounted(2);
    await db.rollout.updateMany({ where: { projectId }, data: { wellFormed: null } });
    expect(await countThinking(projectId, never)).toBe(0);
  });
});

describe('a worker that starts', () => {
  test('counts a few without a task', async () => {
    const { projectId } = await seedUncounted(4);
    await countAtStart(never);
    expect(await left(projectId)).toBe(0);
    expect(await db.task.count({ where: { projectId, kind: 'count' } })).toBe(0);
  });

  test('queues one task for many, which counts them', async () => {
    const { projectId, owner } = await seedUncounted(1);
    // More rows than the threshold, made of one: what is counted is their text.
    await pool.query(
      `WITH one AS (SELECT * FROM rollout WHERE project_id = $1), made AS (
         INSERT INTO rollout (id, project_id, run_id, iteration_id, group_id, question_id, question_set_id, stage, kind,
           step, source, chars, finish_reason, well_formed)
         SELECT gen_random_uuid(), project_id, run_id, iteration_id, group_id, question_id, question_set_id, stage, kind,
           step, source, chars, finish_reason, well_formed
         FROM one, generate_series(1, 5000) RETURNING id)
       INSERT INTO rollout_text (rollout_id, response) SELECT id, '<think>One two. Three.</think>' FROM made`,
      [projectId],
    );
    await countAtStart(never);
    await countAtStart(never);
    const tasks = await db.task.findMany({ where: { projectId, kind: 'count' } });
    expect(tasks).toMatchObject([{ state: 'queued', createdBy: owner.userId, unit: 'rollouts' }]);
    expect(await left(projectId)).toBe(5_001);
    await countJob.perform(tasks[0]?.id ?? '', never);
    expect(await left(projectId)).toBe(0);
    expect(await db.task.findFirst({ where: { projectId, kind: 'count' } })).toMatchObject({
      state: 'done',
      result: { counted: 5_001 },
    });
    expect(await db.rollout.count({ where: { projectId, thinkWords: 3, thinkSentences: 2 } })).toBe(5_000);
  });
});
