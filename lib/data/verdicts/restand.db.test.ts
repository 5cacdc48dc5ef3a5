import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { inTransaction } from '@/lib/data/transaction';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import type { Consistency } from '@/lib/domain/verdict';
import { defaultVerifierSettings, type VerifierSettings } from '@/lib/domain/verifier/settings';
import { restandRollouts } from './restand';

let project: SeededProject;
let run: SeededRun;
let ids: string[];
let judgeId: string;

/** Moves the run to these settings and decides everything anew; how many rollouts changed. */
const standOn = async (settings: Partial<VerifierSettings>): Promise<number> => {
  const { projectId, owner } = project;
  const version = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, projectId, 'Moved', { ...defaultVerifierSettings, ...settings }, owner.userId),
  );
  await db.run.update({ where: { id: run.runId }, data: { verifierVersionId: version.id } });
  return inTransaction((client) => restandRollouts(client, ids));
};
const standings = () =>
  db.rollout.findMany({
    where: { runId: run.runId },
    orderBy: { seq: 'asc' },
    select: { correct: true, consistency: true, repetitive: true, lengthClass: true, reward: true, corrected: true },
  });

const addVerdict = (rolloutId: string, readingId: string, consistency: Consistency, repetition: number) =>
  db.verdict.create({
    data: {
      rolloutId,
      readingId,
      wellFormed: true,
      cutOff: false,
      answer: 'B',
      accuracy: 1,
      consistency,
      repetition,
      thinkTokens: 40,
      tokenSource: 'estimate',
      evidence: [],
      reasons: {},
    },
  });

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: 1 });
  const { verifierVersion } = await db.run.findUniqueOrThrow({
    where: { id: run.runId },
    select: { verifierVersion: { select: { readingId: true } } },
  });
  const rows = await db.rollout.findMany({
    where: { runId: run.runId },
    orderBy: { seq: 'asc' },
    select: { id: true },
  });
  ids = rows.map(({ id }) => id);
  const [first = '', second = '', third = ''] = ids; // the fourth has no verdict
  await addVerdict(first, verifierVersion.readingId, 'consistent', 0.2);
  await addVerdict(second, verifierVersion.readingId, 'undetermined', 0);
  await addVerdict(third, verifierVersion.readingId, 'inconsistent', 0);
  judgeId = randomUUID();
  await db.judge.create({
    data: {
      id: judgeId,
      projectId: project.projectId,
      name: 'Judge',
      model: 'm',
      promptVersion: 1,
      temperature: 0,
      maxTokens: 100,
      heldOut: false,
      url: 'http://127.0.0.1:1',
      concurrency: 1,
      timeoutSeconds: 1,
    },
  });
  for (const rolloutId of [second, third]) {
    await db.judgement.create({
      data: {
        rolloutId,
        judgeId,
        readingId: verifierVersion.readingId,
        contentSha256: 'x',
        consistency: 'consistent',
        evidence: [],
        reason: 'It says B',
        cached: false,
      },
    });
  }
});

test('a moved threshold decides anew, and moving it back leaves no trace; what is as it was is not written', async () => {
  await standOn({});
  const before = await standings();
  expect(await standOn({})).toBe(0);
  expect(await standOn({ maxRepetition: 0.1 })).toBe(1);
  expect((await standings()).map(({ repetitive }) => repetitive)).toEqual([true, false, false, false]);
  expect(await standOn({})).toBe(1);
  expect(await standings()).toEqual(before);
});

test('the version’s judge decides where the rules found nothing, and only there', async () => {
  await standOn({});
  expect((await standings()).slice(0, 3).map(({ consistency }) => consistency)).toEqual([
    'consistent',
    'undetermined',
    'inconsistent',
  ]);
  expect(await standOn({ judgeId })).toBe(1);
  expect((await standings()).slice(0, 3).map(({ consistency }) => consistency)).toEqual([
    'consistent',
    'consistent',
    'inconsistent',
  ]);
});

test('a correction stands through every version', async () => {
  const [first = ''] = ids;
  const act = { projectId: project.projectId, actorId: project.owner.userId, rolloutId: first, check: 'repetition' };
  await db.decision.create({ data: { ...act, id: randomUUID(), action: 'correct', payload: { value: false } } });
  await standOn({ maxRepetition: 0.1 });
  expect((await standings())[0]).toMatchObject({ repetitive: false, corrected: true });
  await db.decision.create({ data: { ...act, id: randomUUID(), action: 'withdraw', payload: {} } });
  await standOn({ maxRepetition: 0.1 });
  expect((await standings())[0]).toMatchObject({ repetitive: true, corrected: false });
});

test('a rollout without a verdict of the reading is left alone', async () => {
  const before = (await standings())[3];
  expect(await standOn({ repetitionNgram: 5 })).toBe(0); // another reading: nobody has read with it
  await standOn({ formatReward: 0.25 });
  expect((await standings())[3]).toEqual(before);
});
