import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { readUnverified, readVerifyTarget } from '@/lib/data/verdicts/unverified';
import { closeSendingBoss } from './boss';
import { importNow } from './import-now';
import { chain, rolloutLine, seedOwner, writeTestFile } from './testing';
import { verifyIteration } from './verify';
import { verifyNow } from './verify-now';

afterAll(closeSendingBoss);
const quiet = () => {};

const seedRun = async (rows: readonly string[]) => {
  const owner = await seedOwner();
  await importNow(owner, await writeTestFile('verify.ndjson', rows.join('\n')), { run: 'r' });
  return owner;
};

test('every rollout gets a verdict and a standing; again costs nothing', async () => {
  const owner = await seedRun([
    rolloutLine('q1', chain('B'), { thinkTokens: 40 }),
    rolloutLine('q1', chain('A')),
    rolloutLine('q2', '<think>So the answer is A.</think><answer>B</answer>'),
    rolloutLine('q3', '<think>cut off in the mid', { finishReason: 'length' }),
    rolloutLine('q4', 'half a pair: 😀'.slice(0, -1).toWellFormed()),
    rolloutLine('q5', chain('B'), {}, { truth: '' }),
  ]);
  expect(await verifyNow(owner, 'r', undefined, quiet)).toMatchObject([{ k: 0, judged: 6, known: 0, changed: 0 }]);
  expect(await verifyNow(owner, 'r', undefined, quiet)).toMatchObject([{ k: 0, judged: 0, known: 6, changed: 0 }]);
  const rows = await db.rollout.findMany({ where: { projectId: owner.projectId }, orderBy: { seq: 'asc' } });
  expect(
    rows.map(({ correct, wellFormed, consistency, lengthClass }) => [correct, wellFormed, consistency, lengthClass]),
  ).toMatchObject([
    [true, true, 'consistent', 'in_range'],
    [false, true, 'consistent', expect.anything()],
    [true, true, 'inconsistent', expect.anything()],
    [false, false, 'undetermined', 'cut_off'],
    [false, false, 'undetermined', expect.anything()],
    [null, true, expect.anything(), expect.anything()],
  ]);
  expect(rows[0]).toMatchObject({ thinkTokens: 40, tokenSource: 'trainer' });
  // "I look at the frames and see it clearly in all of them. So the answer is B."
  expect(rows.map(({ thinkWords, thinkSentences }) => [thinkWords, thinkSentences])).toEqual([
    [18, 2],
    [18, 2],
    [5, 1],
    [5, 1],
    [0, 0],
    [18, 2],
  ]);
  expect(await db.verdict.count({ where: { rollout: { projectId: owner.projectId } } })).toBe(6);
});

test('long responses are read a few at a time, and all of them', async () => {
  const owner = await seedRun(Array.from({ length: 7 }, (_, at) => rolloutLine('q', chain('B', `Words ${at}.`))));
  await db.rollout.updateMany({ where: { projectId: owner.projectId }, data: { chars: 20_000_000 } });
  const { id } = await db.iteration.findFirstOrThrow({ where: { projectId: owner.projectId } });
  const client = await pool.connect();
  const batch = await readUnverified(client, await readVerifyTarget(owner.projectId, id), '0', 2_000);
  client.release();
  expect(batch).toHaveLength(2);
  expect(await verifyNow(owner, 'r', undefined, quiet)).toMatchObject([{ k: 0, judged: 7, known: 0, changed: 0 }]);
});

test('many iterations at once, each of which takes two connections, leave the pool some', async () => {
  const owners: Awaited<ReturnType<typeof seedRun>>[] = [];
  for (let at = 0; at < 12; at += 1) owners.push(await seedRun([rolloutLine('q', chain('B', `Words ${at}.`))]));
  const targets = await Promise.all(
    owners.map(async ({ projectId }) => {
      const { id } = await db.iteration.findFirstOrThrow({ where: { projectId } });
      return readVerifyTarget(projectId, id);
    }),
  );
  const judging = targets.map((target) => verifyIteration(target, new AbortController().signal, quiet));
  await expect(pool.query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 });
  expect(await Promise.all(judging)).toEqual(targets.map(() => ({ judged: 1, changed: 0 })));
});

test('a correction made before or during verification is never overwritten', async () => {
  const owner = await seedRun([rolloutLine('q1', chain('A')), rolloutLine('q1', chain('A', 'Other words.'))]);
  const [first, second] = await db.rollout.findMany({ where: { projectId: owner.projectId }, orderBy: { seq: 'asc' } });
  const decide = (rolloutId: string | undefined, action: string, value?: boolean) =>
    db.decision.create({
      data: {
        id: randomUUID(),
        projectId: owner.projectId,
        actorId: owner.userId,
        rolloutId: rolloutId ?? '',
        check: 'accuracy',
        action,
        payload: value === undefined ? {} : { value },
      },
    });
  await decide(first?.id, 'correct', true);
  await decide(second?.id, 'correct', true);
  await decide(second?.id, 'withdraw');
  await db.rollout.updateMany({ where: { projectId: owner.projectId }, data: { corrected: true } });
  await verifyNow(owner, 'r', 0, quiet);
  const rows = await db.rollout.findMany({ where: { projectId: owner.projectId }, orderBy: { seq: 'asc' } });
  expect(rows.map(({ correct, reward }) => [correct, reward])).toEqual([
    [true, 1.5],
    [false, 0.5],
  ]);
});

test('strangers find no run', async () => {
  await seedRun([rolloutLine('q1', chain('A'))]);
  await expect(verifyNow(await seedOwner(), 'r', undefined, quiet)).rejects.toMatchObject({ code: 'not_found' });
});
