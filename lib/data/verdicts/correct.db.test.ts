import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { getRollout } from '@/lib/data/rollouts/detail';
import { getRolloutFacets } from '@/lib/data/rollouts/facets';
import { setRunSampler } from '@/lib/data/runs/sampler';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { vllmProfile } from '@/lib/domain/frames/profile';
import { countConsistency, deriveFacets } from '@/lib/domain/rollouts/facets';
import { emptyFilter } from '@/lib/domain/rollouts/filter';
import { correctVerdict, withdrawCorrection } from './correct';
import { getVerdictHistory } from './history';

let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

const anyRollout = async (where: { consistency?: string; correct?: boolean }): Promise<string> =>
  (
    await db.rollout.findFirstOrThrow({
      where: { runId: run.runId, corrected: false, verdicts: { some: {} }, ...where },
      select: { id: true },
    })
  ).id;
const standingOf = (id: string) =>
  db.rollout.findUniqueOrThrow({
    where: { id },
    select: { accuracy: true, correct: true, consistency: true, reward: true, corrected: true, wellFormed: true },
  });

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 12 });
  await pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency,
       r.repetition, r.think_tokens, r.token_source, '[]', '{}'
     FROM rollout r JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id WHERE r.run_id = $1`,
    [run.runId],
  );
});

/** As the list of rollouts shows it. */
const consistencyNow = async () =>
  countConsistency(deriveFacets((await getRolloutFacets(project.owner, emptyFilter)).cube, emptyFilter));

describe('a correction', () => {
  test('moves the rate at once, and its withdrawal moves it back', async () => {
    const rolloutId = await anyRollout({ consistency: 'inconsistent' });
    const before = await consistencyNow();
    await correctVerdict(project.reviewer, {
      decisionId: randomUUID(),
      rolloutId,
      correction: { check: 'consistency', value: 'consistent' },
      reason: 'It says B twice',
    });
    const after = await consistencyNow();
    expect(after.inconsistent).toBe(before.inconsistent - 1);
    expect(after.consistent).toBe(before.consistent + 1);
    expect(await standingOf(rolloutId)).toMatchObject({ consistency: 'consistent', corrected: true });

    await withdrawCorrection(project.owner, {
      decisionId: randomUUID(),
      rolloutId,
      check: 'consistency',
      reason: 'Read again',
    });
    expect(await consistencyNow()).toEqual(before);
    expect(await standingOf(rolloutId)).toMatchObject({ consistency: 'inconsistent', corrected: false });
    expect(await getVerdictHistory(project.owner, rolloutId)).toMatchObject([
      {
        check: 'consistency',
        action: 'correct',
        value: 'consistent',
        reason: 'It says B twice',
        author: 'Rui Reviewer',
      },
      { check: 'consistency', action: 'withdraw', value: null, reason: 'Read again', author: 'Olga Owner' },
    ]);
  });

  test('of accuracy changes the accuracy that counts and the reward, and its withdrawal brings both back', async () => {
    const rolloutId = await anyRollout({ correct: false });
    const before = await standingOf(rolloutId);
    const act = { rolloutId, reason: 'The key is wrong' };
    const correction = { check: 'accuracy', value: true } as const;
    await correctVerdict(project.reviewer, { ...act, decisionId: randomUUID(), correction });
    const reward = 1 + (before.wellFormed ? 0.5 : 0);
    expect(await standingOf(rolloutId)).toMatchObject({ accuracy: 1, correct: true, reward });
    const { measures } = (await getRollout(project.reviewer, rolloutId)).verdict ?? {};
    expect(measures?.accuracy).toBe(before.accuracy);
    await withdrawCorrection(project.reviewer, { ...act, decisionId: randomUUID(), check: 'accuracy' });
    expect(await standingOf(rolloutId)).toEqual(before);
  });

  test('made before the accuracy that counts was kept is caught up by the migration', async () => {
    const rolloutId = await anyRollout({ correct: false });
    const { accuracy } = await standingOf(rolloutId);
    const correction = { check: 'accuracy', value: true } as const;
    const act = { decisionId: randomUUID(), rolloutId, reason: 'The key is wrong' };
    await correctVerdict(project.reviewer, { ...act, correction });
    await db.rollout.update({ where: { id: rolloutId }, data: { accuracy } });
    await pool.query(await readFile('prisma/migrations/20261120001020_standing_accuracy/migration.sql', 'utf8'));
    expect(await standingOf(rolloutId)).toMatchObject({ accuracy: 1, correct: true });
  });

  test('sent twice is one act; its id for another act is refused', async () => {
    const rolloutId = await anyRollout({ correct: true });
    const act = { decisionId: randomUUID(), rolloutId, reason: 'Cut' };
    const first = { ...act, correction: { check: 'length', value: 'cut_off' } } as const;
    await Promise.all([correctVerdict(project.owner, first), correctVerdict(project.owner, first)]);
    expect((await getVerdictHistory(project.owner, rolloutId)).length).toBe(1);
    const other = { ...act, correction: { check: 'length', value: 'too_long' } } as const;
    await expect(correctVerdict(project.owner, other)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('shows beside what the verifier decided', async () => {
    const rolloutId = await anyRollout({ correct: true });
    const correction = { check: 'format', value: false } as const;
    await correctVerdict(project.owner, { decisionId: randomUUID(), rolloutId, correction, reason: 'Two answers' });
    const detail = await getRollout(project.reviewer, rolloutId);
    expect(detail.wellFormed).toBe(false);
    expect(detail.verdict?.decided.wellFormed).toBe(true);
    expect(detail.acts.length).toBe(1);
  });

  test('needs a verdict', async () => {
    const rolloutId = await anyRollout({ correct: true });
    await db.verdict.deleteMany({ where: { rolloutId } });
    const correction = { check: 'format', value: false } as const;
    await expect(
      correctVerdict(project.owner, { decisionId: randomUUID(), rolloutId, correction, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a foreign person', () => {
  test('corrects nothing, withdraws nothing, reads no history', async () => {
    const rolloutId = await anyRollout({ correct: true });
    const act = { decisionId: randomUUID(), rolloutId, reason: 'x' };
    const correction = { check: 'accuracy', value: false } as const;
    await correctVerdict(project.owner, { ...act, decisionId: randomUUID(), correction });
    await expect(correctVerdict(foreign.owner, { ...act, correction })).rejects.toMatchObject({ code: 'not_found' });
    await expect(withdrawCorrection(foreign.owner, { ...act, check: 'accuracy' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await getVerdictHistory(foreign.owner, rolloutId)).toEqual([]);
  });
});

describe('the sampler of a run', () => {
  test('is set by engineers, shows with the rollout, and can be taken back', async () => {
    const rolloutId = await anyRollout({});
    await setRunSampler(project.owner, run.runId, vllmProfile);
    expect((await getRollout(project.owner, rolloutId)).sampler).toEqual(vllmProfile);
    await setRunSampler(project.owner, run.runId, null);
    expect((await getRollout(project.owner, rolloutId)).sampler).toBeNull();
  });

  test('is not for reviewers nor for foreign people', async () => {
    for (const viewer of [project.reviewer, foreign.owner]) {
      await expect(setRunSampler(viewer, run.runId, vllmProfile)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
