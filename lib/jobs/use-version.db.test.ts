import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { decidePair } from '@/lib/data/pairs/decide';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { listPairIds } from '@/lib/data/pairs/queue';
import { getPair } from '@/lib/data/pairs/view';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { compareVersions } from '@/lib/data/verifier/compare';
import { saveVerifierVersion } from '@/lib/data/verifier/save';
import { pairSettingsSchema } from '@/lib/domain/pairs/settings';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { closeSendingBoss } from './boss';
import { importNow } from './import-now';
import { proposePairsJob } from './propose-pairs';
import { chain, rolloutLine, writeTestFile } from './testing';
import { moveRunToVersion } from './use-version';
import { verifyJob } from './verify';
import { verifyNow } from './verify-now';

afterAll(closeSendingBoss);
const quiet = () => {};
let project: SeededProject;
let foreign: SeededProject;

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
});

/** Says nothing twice. */
const filler = Array.from({ length: 80 }, (_, at) => `step${at}`).join(' ');
const usual = pairSettingsSchema.parse({ minLengthRatio: 1.2 });
const words = (at: number) => `Object ${at} rolls left, then it stops near the wall, and then it goes on to the left. `;
const seedRun = async (name: string) => {
  const lines = Array.from({ length: 4 }, (_, at) => [
    rolloutLine(`q${at}`, chain('B', words(at))),
    rolloutLine(`q${at}`, chain('A', words(at + 10))),
    rolloutLine(`q${at}`, chain('B', `${words(at)}${filler} ${words(at)}`)),
  ]).flat();
  await importNow(project.owner, await writeTestFile(`${name}.ndjson`, lines.join('\n')), { run: name });
  await verifyNow(project.owner, name, undefined, quiet);
  return db.iteration.findFirstOrThrow({
    where: { run: { name }, projectId: project.projectId },
    select: { id: true, runId: true },
  });
};
const save = (settings: object, name = 'Stricter') =>
  saveVerifierVersion(project.owner, { name, settings: { ...defaultVerifierSettings, ...settings } });

/** Does what waits in the queue of this project, as a worker would. */
const work = async () => {
  const stop = new AbortController().signal;
  for (const [kind, job] of [
    ['verify', verifyJob],
    ['propose', proposePairsJob],
  ] as const) {
    const tasks = await db.task.findMany({
      where: { projectId: project.projectId, kind, state: 'queued' },
      orderBy: { createdAt: 'asc' },
    });
    for (const { id } of tasks) await job.perform(id, stop);
  }
};

describe('moving a run', () => {
  test('decides anew, proposes as last time, keeps what was decided and marks it', async () => {
    const { id: iterationId, runId } = await seedRun('moved');
    const settings = pairSettingsSchema.parse({ minLengthRatio: 1.2 });
    await db.task.create({
      data: {
        id: randomUUID(),
        projectId: project.projectId,
        kind: 'propose',
        title: 'Propose',
        state: 'done',
        payload: { iterationId, seed: 7, settings },
      },
    });
    const signal = new AbortController().signal;
    const target = await getProposalTarget(project.owner, iterationId);
    await proposeIterationPairs(target, settings, 7, { signal, onProgress: quiet });
    const [length] = (await listPairIds(project.owner, iterationId, { type: 'length' })).ids;
    if (!length) throw new Error('there is no length pair');
    await decidePair(project.owner, { decisionId: randomUUID(), pairId: length, request: { action: 'approve' } });

    const version = await save({ maxRepetition: 0 });
    const taskIds = await moveRunToVersion(project.owner, { runId, versionId: version.id });
    expect(taskIds).toHaveLength(1);
    await work();
    expect(await db.rollout.count({ where: { runId, repetitive: true } })).toBe(4);
    const kept = await getPair(project.owner, length);
    expect(kept.state).toBe('approved');
    expect(kept.stale).toBe(`the chosen chain now counts as repetitive under version ${version.number}`);
    expect((await listPairIds(project.owner, iterationId, { stale: 'yes' })).ids).toEqual([length]);
    const again = await db.task.findFirstOrThrow({
      where: { projectId: project.projectId, kind: 'propose' },
      orderBy: { createdAt: 'desc' },
    });
    expect(again).toMatchObject({ state: 'done', payload: { seed: 7, settings: { minLengthRatio: 1.2 } } });

    // And back: nothing is stale.
    const usual = await save({}, 'Default');
    await moveRunToVersion(project.owner, { runId, versionId: usual.id });
    await work();
    expect((await listPairIds(project.owner, iterationId, { stale: 'yes' })).ids).toEqual([]);
  });

  test('proposes nothing where nobody asked for pairs, or when that is not wanted', async () => {
    const { id: iterationId, runId } = await seedRun('unasked');
    const version = await save({ maxRepetition: 0.05 });
    await moveRunToVersion(project.owner, { runId, versionId: version.id });
    await work();
    expect(await db.pair.count({ where: { iterationId } })).toBe(0);
  });

  test('is refused to reviewers and strangers, and to versions of another project', async () => {
    const { runId } = await seedRun('guarded');
    const version = await save({ maxRepetition: 0.07 });
    const theirs = await saveVerifierVersion(foreign.owner, { name: 'Theirs', settings: defaultVerifierSettings });
    for (const viewer of [project.reviewer, foreign.owner]) {
      await expect(moveRunToVersion(viewer, { runId, versionId: version.id })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await expect(moveRunToVersion(project.owner, { runId, versionId: theirs.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is refused for a version of older rules', async () => {
    const { runId } = await seedRun('older');
    const { projectId } = project;
    const { readingId } = await save({ maxRepetition: 0.11 });
    const [id, rulesVersion] = [randomUUID(), RULES_VERSION - 1];
    const settings = { ...defaultVerifierSettings };
    await db.verifierVersion.create({
      data: { id, projectId, number: 900, name: 'Old', settings, rulesVersion, sha256: id, readingId },
    });
    await expect(moveRunToVersion(project.owner, { runId, versionId: id })).rejects.toThrow('of older rules');
  });
});

describe('two versions side by side', () => {
  test('foresee what a move then does, flip by flip and pair by pair', async () => {
    const { id: iterationId, runId } = await seedRun('foreseen');
    const signal = new AbortController().signal;
    const target = await getProposalTarget(project.owner, iterationId);
    await proposeIterationPairs(target, usual, 3, { signal, onProgress: quiet });
    const { ids } = await listPairIds(project.owner, iterationId, {});
    for (const pairId of ids.filter((_, at) => at % 3 === 0)) {
      await decidePair(project.owner, { decisionId: randomUUID(), pairId, request: { action: 'approve' } });
    }
    const { verifierVersionId: fromId } = await db.run.findUniqueOrThrow({ where: { id: runId } });
    const { id: toId } = await save({ maxRepetition: 0.01, minThinkTokens: 35 });
    const standings = () =>
      db.rollout.findMany({
        where: { runId },
        orderBy: { seq: 'asc' },
        select: { correct: true, wellFormed: true, consistency: true, repetitive: true, lengthClass: true },
      });
    const before = await standings();
    const seen = await compareVersions(project.owner, { runId, fromId, toId });
    expect(await standings()).toEqual(before);

    expect(seen).toMatchObject({ compared: 12, missing: { from: 0, to: 0 } });
    expect(seen.flips.map(({ check, to }) => [check, to])).toContainEqual(['repetition', 'repetitive']);

    await moveRunToVersion(project.owner, { runId, versionId: toId });
    await work();
    const after = await standings();
    expect(after.filter((row, at) => JSON.stringify(row) !== JSON.stringify(before[at]))).toHaveLength(seen.flipped);
    const proposal = await db.task.findFirstOrThrow({
      where: { projectId: project.projectId, kind: 'propose', payload: { path: ['iterationId'], equals: iterationId } },
      orderBy: { createdAt: 'desc' },
    });
    expect(seen.pairs.go.count).toBeGreaterThan(0);
    expect(proposal.result).toMatchObject({ added: seen.pairs.come?.count, withdrawn: seen.pairs.go.count });
    const stale = (await listPairIds(project.owner, iterationId, { stale: 'yes' })).ids;
    expect(new Set(stale)).toEqual(new Set(seen.pairs.stale.examples.map(({ id }) => id)));
    // Back again: those are fresh.
    const back = await compareVersions(project.owner, { runId, fromId: toId, toId: fromId });
    expect(back.pairs.fresh.count).toBe(stale.length);
    expect(back.flipped).toBe(seen.flipped);
  });

  test('say what one of them has not read', async () => {
    const { runId } = await seedRun('unread');
    const { verifierVersionId: fromId } = await db.run.findUniqueOrThrow({ where: { id: runId } });
    const { id: toId } = await save({ repetitionNgram: 5 });
    expect(await compareVersions(project.owner, { runId, fromId, toId })).toMatchObject({
      compared: 0,
      flipped: 0,
      missing: { from: 0, to: 12 },
      pairs: { come: null },
    });
  });

  test('are nothing for strangers', async () => {
    const { runId } = await seedRun('strange');
    const { verifierVersionId: id } = await db.run.findUniqueOrThrow({ where: { id: runId } });
    const asked = { runId, fromId: id, toId: id };
    await expect(compareVersions(foreign.owner, asked)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('saving a version', () => {
  test('gives the next number, and the same settings the same version', async () => {
    const first = await save({ maxRepetition: 0.21 });
    const second = await save({ maxRepetition: 0.22 });
    expect(second.number).toBe(first.number + 1);
    expect(await save({ maxRepetition: 0.21 }, 'Another name')).toEqual(first);
  });

  test.each([
    ['a judge of nobody', { judgeId: randomUUID() }, 'not one of the project'],
    ['a tokenizer of nobody', { tokenizer: 'a'.repeat(64) }, 'not one of the project'],
  ])('refuses %s', async (_name, settings, sentence) => {
    await expect(save(settings)).rejects.toThrow(sentence);
  });

  test('refuses a held-out judge and one of another project', async () => {
    const judge = async (projectId: string, heldOut: boolean) => {
      const id = randomUUID();
      const how = { url: 'http://127.0.0.1:1', concurrency: 1, timeoutSeconds: 1 };
      const what = { model: 'm', promptVersion: 1, temperature: 0, maxTokens: 100, heldOut };
      await db.judge.create({ data: { id, projectId, name: id, ...what, ...how } });
      return id;
    };
    await expect(save({ judgeId: await judge(project.projectId, true) })).rejects.toThrow('is held out');
    await expect(save({ judgeId: await judge(foreign.projectId, false) })).rejects.toThrow('not one of the project');
    const ours = await judge(project.projectId, false);
    expect((await save({ judgeId: ours })).settings.judgeId).toBe(ours);
  });

  test('is not for reviewers', async () => {
    const wanted = { name: 'Mine', settings: defaultVerifierSettings };
    await expect(saveVerifierVersion(project.reviewer, wanted)).rejects.toMatchObject({ code: 'not_found' });
  });
});
