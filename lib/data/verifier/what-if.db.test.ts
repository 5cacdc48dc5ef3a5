import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict, withdrawCorrection } from '@/lib/data/verdicts/correct';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import type { WhatIf } from '@/lib/domain/verifier/what-if/view';
import { getRunChange } from './run-change';
import { listScoredRuns } from './scored-runs';
import { ensureVerifierVersion } from './versions';
import { getSensitivities, getWhatIf } from './what-if';
import type { WhatIfAsked } from './what-if-target';

let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;
let asked: WhatIfAsked;

/** Verdicts of the run's reading for what has none, with the scores that the rollouts' columns hold. */
const giveVerdicts = (runId: string) =>
  pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency,
       r.repetition, r.think_tokens, r.token_source, '[]', '{}'
     FROM rollout r JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id
     WHERE r.run_id = $1 ON CONFLICT DO NOTHING`,
    [runId],
  );

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 6 });
  await seedGroups(project, run, run.questionIds.slice(0, 1), { stage: 'eval' });
  // Samples 2 repeat themselves a little: 0.3 is not above 0.3, and 0.30000001192092896 would be.
  await pool.query('UPDATE rollout SET repetition = 0.3 WHERE run_id = $1 AND sample_index = 2', [run.runId]);
  await giveVerdicts(run.runId);
  const { verifierVersionId } = await db.run.findUniqueOrThrow({ where: { id: run.runId } });
  asked = { runId: run.runId, iterationId: null, versionId: verifierVersionId };
});

/** Asks until the texts of all groups were read. */
const whatIf = async (moved = {}, over: Partial<WhatIfAsked> = {}): Promise<WhatIf> => {
  for (;;) {
    const answer = await getWhatIf(project.owner, { ...asked, ...over }, moved);
    if (answer.texts.read >= answer.texts.total) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const propose = async (): Promise<Record<string, number>> => {
  const target = await getProposalTarget(project.owner, run.iterationId);
  const watch = { signal: new AbortController().signal, onProgress: () => undefined };
  await proposeIterationPairs(target, defaultPairSettings, 0, watch);
  const rows = await db.pair.groupBy({ by: ['type'], where: { runId: run.runId }, _count: true });
  return Object.fromEntries(rows.map(({ type, _count }) => [type, _count]));
};

describe('other thresholds', () => {
  test('are counted over the stored scores: a saved one changes nothing', async () => {
    const { saved, moved, flipped, flips, unread } = await whatIf();
    // Of 28 rollouts each fourth is wrong, and another one inconsistent.
    expect(saved.summary).toMatchObject({ rollouts: 28, correct: 21, inconsistent: 7, repetitive: 0, good: 14 });
    expect(moved).toEqual(saved);
    expect({ flipped, flips, unread }).toEqual({ flipped: 0, flips: [], unread: 0 });
  });

  test('say who flips, and what decides it', async () => {
    const { moved, flipped, flips } = await whatIf({ maxRepetition: 0.29 });
    expect(moved.summary).toMatchObject({ repetitive: 7, good: 7 });
    expect(flipped).toBe(7);
    expect(flips).toMatchObject([
      { check: 'repetition', from: 'not repetitive', to: 'repetitive', rollouts: 7, lost: 7 },
    ]);
    expect(flips[0]?.examples[0]).toMatchObject({ score: 0.3, sampleIndex: 2, answer: 'B', lost: true });
  });

  test('yield the pairs that a proposal then gives', async () => {
    const { saved } = await whatIf();
    const proposed = await propose();
    expect(saved.pairs?.byType).toMatchObject(proposed);
    expect(Object.values(saved.pairs?.byType ?? {}).reduce((sum, pairs) => sum + pairs, 0)).toBe(
      Object.values(proposed).reduce((sum, pairs) => sum + pairs, 0),
    );
    expect(saved.pairs?.groups).toBe(6);
  });

  test('are refused where no version may have them', async () => {
    await expect(getWhatIf(project.owner, asked, { maxRepetition: 2 })).rejects.toMatchObject({ code: 'invalid' });
    const crossed = { minThinkTokens: 9_000 };
    await expect(getWhatIf(project.owner, asked, crossed)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('have a curve each, which goes through the saved value', async () => {
    const [{ saved }, { curves }] = [await whatIf(), await getSensitivities(project.owner, asked)];
    const repetition = curves.find(({ name }) => name === 'maxRepetition');
    expect(repetition?.points.find(({ value }) => value === 0.3)).toMatchObject({ good: saved.summary.good, own: 0 });
    expect(repetition?.points[0]).toMatchObject({ value: 0, good: 7, own: 7 });
    expect(curves.find(({ name }) => name === 'minAccuracyGraded')?.scored).toBe(0);
  });
});

describe('what is kept is never old', () => {
  test('a correction and its withdrawal show in the next answer', async () => {
    const before = await whatIf();
    const { id: rolloutId } = await db.rollout.findFirstOrThrow({
      where: { runId: run.runId, sampleIndex: 1 },
      select: { id: true },
    });
    const act = { rolloutId, reason: 'Read again' };
    const correction = { check: 'repetition', value: true } as const;
    await correctVerdict(project.reviewer, { ...act, decisionId: randomUUID(), correction });
    const after = await whatIf({ maxRepetition: 1 });
    expect(after.saved.summary).toMatchObject({ repetitive: 1, good: before.saved.summary.good - 1 });
    // No threshold moves what a person said.
    expect(after.moved.summary.repetitive).toBe(1);
    await withdrawCorrection(project.reviewer, { ...act, decisionId: randomUUID(), check: 'repetition' });
    expect((await whatIf()).saved).toEqual(before.saved);
  });

  test('new verdicts, of the same second and without a word of it, show in the next answer', async () => {
    const before = await whatIf();
    await seedGroups(project, run, run.questionIds.slice(1, 2));
    expect((await whatIf()).saved.summary.rollouts).toBe(before.saved.summary.rollouts);
    await giveVerdicts(run.runId);
    const after = await whatIf();
    expect(after.saved.summary.rollouts).toBe(before.saved.summary.rollouts + 4);
    expect(after.saved.pairs?.groups).toBe((before.saved.pairs?.groups ?? 0) + 1);
  });

  test('a judge that decides what rules left open shows, for a version that names it', async () => {
    const open = await db.rollout.findFirstOrThrow({
      where: { runId: run.runId, sampleIndex: 4 },
      select: { id: true },
    });
    await pool.query("UPDATE verdict SET consistency = 'undetermined' WHERE rollout_id = $1", [open.id]);
    const judgeId = randomUUID();
    await pool.query(
      `INSERT INTO judge (id, project_id, name, model, prompt_version, temperature, max_tokens, held_out, url, concurrency,
         timeout_seconds) VALUES ($1, $2, 'Judge', 'm', 1, 0, 100, false, 'http://localhost:1', 1, 1)`,
      [judgeId, project.projectId],
    );
    const settings = { ...defaultVerifierSettings, judgeId };
    const version = await db.$transaction((tx) =>
      ensureVerifierVersion(tx, project.projectId, 'Judged', settings, project.owner.userId),
    );
    const judged = { versionId: version.id };
    const before = await whatIf({}, judged);
    expect(before.saved.summary.undetermined).toBe(1);
    await pool.query(
      `INSERT INTO judgement (rollout_id, judge_id, reading_id, content_sha256, consistency, evidence, reason, cached)
       VALUES ($1, $2, $3, 'x', 'consistent', '[]', '', false)`,
      [open.id, judgeId, version.readingId],
    );
    const after = await whatIf({}, judged);
    expect(after.saved.summary).toMatchObject({ undetermined: 0, good: before.saved.summary.good + 1 });
  });
});

test('moving a run to a version is told in numbers first', async () => {
  const settings = { ...defaultVerifierSettings, maxRepetition: 0.2 };
  const version = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, project.projectId, 'Stricter', settings, project.owner.userId),
  );
  const stale = await db.pair.count({
    where: {
      runId: run.runId,
      OR: [
        { goodRolloutId: { in: await repetitiveIds() } },
        { type: 'length', badRolloutId: { in: await repetitiveIds() } },
      ],
    },
  });
  const change = await getRunChange(project.owner, run.runId, version.id);
  expect(change).toMatchObject({ reads: false, flipped: 7, stale: { decided: 0, undecided: stale } });
  expect(stale).toBeGreaterThan(0);
  const ngram = { ...defaultVerifierSettings, repetitionNgram: 20 };
  const other = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, project.projectId, 'Other n-gram', ngram, project.owner.userId),
  );
  expect(await getRunChange(project.owner, run.runId, other.id)).toMatchObject({
    reads: true,
    flipped: null,
    stale: null,
  });
  // Nothing was read by it: nothing is said.
  expect(await whatIf({}, { versionId: other.id })).toMatchObject({ saved: { summary: { rollouts: 0 } }, unread: 32 });
});

const repetitiveIds = async (): Promise<string[]> =>
  (await db.rollout.findMany({ where: { runId: run.runId, repetition: { gt: 0.2 } }, select: { id: true } })).map(
    ({ id }) => id,
  );

describe('foreign people', () => {
  test('are told that nothing is there', async () => {
    const { owner } = foreign;
    await expect(getWhatIf(owner, asked, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(getSensitivities(owner, asked)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getRunChange(owner, run.runId, asked.versionId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listScoredRuns(owner)).toEqual([]);
    expect(await listScoredRuns(project.reviewer)).toMatchObject([{ id: run.runId, iterations: [{ k: 0 }] }]);
  });

  test('cannot mix their version with a run, nor an iteration of one run with another', async () => {
    const own = await seedRun(foreign, { groups: 1 });
    const { verifierVersionId } = await db.run.findUniqueOrThrow({ where: { id: own.runId } });
    const mixed = { ...asked, versionId: verifierVersionId };
    await expect(getWhatIf(project.owner, mixed, {})).rejects.toMatchObject({ code: 'not_found' });
    const elsewhere = { ...asked, iterationId: own.iterationId };
    await expect(getWhatIf(project.owner, elsewhere, {})).rejects.toMatchObject({ code: 'not_found' });
  });
});
