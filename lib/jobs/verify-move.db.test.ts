import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import type { SeededProject } from '@/lib/data/testing/seed';
import { seedProject } from '@/lib/data/testing/seed';
import { storeTokenizer } from '@/lib/data/tokenizers/store';
import { restandIteration } from '@/lib/data/verdicts/restand-iteration';
import { readVerifyTarget } from '@/lib/data/verdicts/unverified';
import { moveRun } from '@/lib/data/verifier/move-run';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { defaultVerifierSettings, type VerifierSettings } from '@/lib/domain/verifier/settings';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { closeSendingBoss } from './boss';
import { importNow } from './import-now';
import { chain, rolloutLine, writeTestFile } from './testing';
import { verifyIteration } from './verify';
import { verifyNow } from './verify-now';
import { queueRunVerification } from './verify-run';

afterAll(closeSendingBoss);
const quiet = () => {};
const again = 'The red ball rolls to the left side of the box and the blue cube stays where it was before. ';

/** Chains of many lengths, some that repeat themselves, right and wrong, graded and not. */
const lines = (groups: number): string[] =>
  Array.from({ length: groups }, (_, at) => [
    rolloutLine(`q${at}`, chain('B', again.repeat((at % 7) + 1)), { thinkTokens: 10 * at + 1 }),
    rolloutLine(`q${at}`, chain('A', `Words ${at}.`)),
    rolloutLine(`q${at}`, `<think>So the answer is A. ${again}</think><answer>B</answer>`),
    rolloutLine(`g${at}`, chain(`${at + 1}.5`), {}, { kind: 'regression', options: [], truth: `${at + 2}` }),
  ]).flat();

/** One token a word. */
const wordTokenizer = new TextEncoder().encode(
  JSON.stringify({
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { '<unk>': 0, left: 1 }, unk_token: '<unk>' },
  }),
);

type Seeded = { readonly project: SeededProject; readonly runId: string; readonly iterationId: string };

const seedVerified = async (groups: number): Promise<Seeded> => {
  const project = await seedProject();
  await importNow(project.owner, await writeTestFile('move.ndjson', lines(groups).join('\n')), { run: 'r' });
  await verifyNow(project.owner, 'r', undefined, quiet);
  const iteration = await db.iteration.findFirstOrThrow({ where: { projectId: project.projectId } });
  return { project, runId: iteration.runId, iterationId: iteration.id };
};

const move = ({ project, runId }: Seeded, settings: Partial<VerifierSettings>) =>
  db.$transaction(async (tx) => {
    const wanted = { ...defaultVerifierSettings, ...settings };
    const version = await ensureVerifierVersion(tx, project.projectId, 'Moved', wanted, project.owner.userId);
    return moveRun(tx, runId, version.id);
  });
const verify = async (
  { project, iterationId }: Seeded,
  signal = new AbortController().signal,
  hear: (done: number) => void = quiet,
) => verifyIteration(await readVerifyTarget(project.projectId, iterationId), signal, hear);
const owes = async ({ iterationId }: Seeded) =>
  (await db.iteration.findUniqueOrThrow({ where: { id: iterationId } })).owedStanding !== null;
const standings = ({ runId }: Seeded) =>
  db.rollout.findMany({
    where: { runId },
    orderBy: { seq: 'asc' },
    select: {
      answer: true,
      thinkTokens: true,
      thinkWords: true,
      thinkSentences: true,
      tokenSource: true,
      wellFormed: true,
      accuracy: true,
      correct: true,
      consistency: true,
      repetition: true,
      repetitive: true,
      lengthClass: true,
      reward: true,
    },
  });
const readings = ({ project: { projectId } }: Seeded) => db.verdict.count({ where: { rollout: { projectId } } });

const moved = fc.record({
  minAccuracy: fc.constantFrom(0, 0.5, 1),
  minAccuracyGraded: fc.constantFrom(0.1, 0.3, 0.7, 0.8),
  maxRepetition: fc.constantFrom(0, 0.1, 0.3, 0.9),
  minThinkTokens: fc.integer({ min: 0, max: 30 }),
  maxThinkTokens: fc.integer({ min: 31, max: 90 }),
  formatReward: fc.constantFrom(0, 0.1, 0.25, 0.5),
});

describe('a moved run', () => {
  test('stands as if it had been read under its version from the start', async () => {
    const seeded = await seedVerified(9);
    const verdicts = await readings(seeded);
    await fc.assert(
      fc.asyncProperty(moved, async (settings) => {
        await move(seeded, settings);
        expect((await verify(seeded)).judged).toBe(0);
        const anew = await standings(seeded);
        expect(await readings(seeded)).toBe(verdicts);
        expect(await owes(seeded)).toBe(false);
        // The same from the texts.
        await db.verdict.deleteMany({ where: { rollout: { runId: seeded.runId } } });
        expect((await verify(seeded)).judged).toBe(verdicts);
        expect(anew).toEqual(await standings(seeded));
      }),
      { numRuns: 12 },
    );
  });

  test('reads again only for another reading, and coming back reads nothing', async () => {
    const seeded = await seedVerified(3);
    const before = await standings(seeded);
    await move(seeded, { repetitionNgram: 40 });
    expect((await verify(seeded)).judged).toBe(12);
    expect(await standings(seeded)).not.toEqual(before);
    await move(seeded, {});
    expect(await verify(seeded)).toMatchObject({ judged: 0 });
    expect(await standings(seeded)).toEqual(before);
  });

  test('counts with the tokenizer of its version, where the trainer did not', async () => {
    const run = await seedVerified(2);
    const { sha256 } = await storeTokenizer(run.project.owner, 'words', wordTokenizer);
    await move(run, { tokenizer: sha256 });
    expect(await verify(run)).toMatchObject({ judged: 8 });
    const rows = await db.rollout.findMany({
      where: { runId: run.runId },
      select: { tokenSource: true, thinkTokens: true, rolloutText: { select: { response: true } } },
    });
    const exact = rows.filter(({ tokenSource }) => tokenSource === 'tokenizer');
    expect(rows.filter(({ tokenSource }) => tokenSource === 'trainer')).toHaveLength(2);
    expect(exact).toHaveLength(6);
    for (const { thinkTokens, rolloutText } of exact) {
      const thinking = /<think>(.*)<\/think>/s.exec(rolloutText?.response ?? '')?.[1] ?? '';
      expect(thinkTokens).toBe(thinking.trim().split(/\s+/).length);
    }
  });

  test('that is killed in the middle goes on, and ends as if it had not been', async () => {
    const [seeded, whole] = [await seedVerified(4), await seedVerified(4)];
    await move(seeded, { minThinkTokens: 1_000 });
    await move(whole, { minThinkTokens: 1_000 });
    await verify(whole);
    const target = await readVerifyTarget(seeded.project.projectId, seeded.iterationId);
    const killed = new AbortController();
    const client = await pool.connect();
    const stopAfter = (done: number) => {
      if (done >= 6) killed.abort();
    };
    await restandIteration(client, target, killed.signal, stopAfter, 3);
    client.release();
    expect(await owes(seeded)).toBe(true);
    expect(await standings(seeded)).not.toEqual(await standings(whole));
    await verify(seeded);
    expect(await owes(seeded)).toBe(false);
    expect(await standings(seeded)).toEqual(await standings(whole));
  });

  test('that moves on while it is decided anew still owes', async () => {
    const seeded = await seedVerified(2);
    await move(seeded, { maxRepetition: 0 });
    let second: Promise<boolean> | undefined;
    await verify(seeded, undefined, () => {
      second ??= move(seeded, { maxRepetition: 0.9 });
    });
    await second;
    // Whichever came first, the end is that of the later version.
    await verify(seeded);
    expect(await owes(seeded)).toBe(false);
    expect((await standings(seeded)).every(({ repetitive }) => repetitive === false)).toBe(true);
  });

  test.each(['grpo', 'curate'])('is not moved while an iteration is in %s', async (state) => {
    const seeded = await seedVerified(1);
    await db.iteration.update({ where: { id: seeded.iterationId }, data: { state } });
    await expect(move(seeded, { maxRepetition: 0 })).rejects.toMatchObject({ code: 'conflict' });
    expect(await owes(seeded)).toBe(false);
  });
});

describe('a run on older rules', () => {
  const makeOld = async ({ project: { projectId }, runId }: Seeded) => {
    const [versionId, readingId] = [randomUUID(), randomUUID()];
    await db.reading.create({
      data: {
        id: readingId,
        projectId,
        rulesVersion: RULES_VERSION - 1,
        settings: { repetitionNgram: 12, tokenizer: null },
        sha256: readingId,
      },
    });
    await db.verifierVersion.create({
      data: {
        id: versionId,
        projectId,
        number: 77,
        name: 'Old',
        settings: { ...defaultVerifierSettings, maxRepetition: 0.2 },
        rulesVersion: RULES_VERSION - 1,
        sha256: versionId,
        readingId,
      },
    });
    await db.verdict.updateMany({ where: { rollout: { runId } }, data: { readingId } });
    await db.run.update({ where: { id: runId }, data: { verifierVersionId: versionId } });
  };
  const versionOf = ({ runId }: Seeded) =>
    db.run.findUniqueOrThrow({ where: { id: runId }, select: { verifierVersion: true } });

  test('is read again under the same settings and today’s rules, and keeps its verdicts', async () => {
    const seeded = await seedVerified(2);
    await makeOld(seeded);
    expect(await verifyNow(seeded.project.owner, 'r', undefined, quiet)).toMatchObject([{ judged: 8 }]);
    const { verifierVersion } = await versionOf(seeded);
    expect(verifierVersion).toMatchObject({
      name: 'Old',
      rulesVersion: RULES_VERSION,
      settings: { ...defaultVerifierSettings, maxRepetition: 0.2 },
    });
    expect(await readings(seeded)).toBe(16);
    expect(await owes(seeded)).toBe(false);
  });

  test('moves whole: the iterations that nobody asked for are queued', async () => {
    const seeded = await seedVerified(1);
    const { owner, projectId } = seeded.project;
    await importNow(owner, await writeTestFile('more.ndjson', lines(1).join('\n')), { run: 'r', iteration: 1 });
    await makeOld(seeded);
    await verifyNow(owner, 'r', 1, quiet);
    const queued = await db.task.findMany({ where: { projectId, kind: 'verify', state: 'queued' } });
    expect(queued.map(({ payload }) => payload)).toContainEqual({ iterationId: seeded.iterationId });
    expect(await owes(seeded)).toBe(true);
  });

  test('moves when its verification is asked for on a screen', async () => {
    const seeded = await seedVerified(1);
    await makeOld(seeded);
    await queueRunVerification(seeded.project.owner, seeded.runId);
    expect((await versionOf(seeded)).verifierVersion.rulesVersion).toBe(RULES_VERSION);
  });
});
