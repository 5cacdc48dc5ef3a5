import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { insiders, outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict, withdrawCorrection } from '@/lib/data/verdicts/correct';
import type { Viewer } from '@/lib/data/viewer';
import { meanInterval } from '@/lib/domain/stats/mean';
import { getRunBenchmarks } from './read';

let project: SeededProject;
let run: SeededRun;
let otherSetId: string;
let viewers: ReadonlyMap<string, Viewer>;

/** Two questions of a second set in the same run, answered in the same evaluation. */
const seedOtherSet = async (name: string, place: Pick<SeededRun, 'runId' | 'iterationId'>): Promise<string> => {
  const [id, questionIds] = [randomUUID(), [randomUUID(), randomUUID()]];
  await db.questionSet.create({ data: { id, projectId: project.projectId, name } });
  await db.question.createMany({
    data: questionIds.map((questionId, at) => ({
      id: questionId,
      projectId: project.projectId,
      questionSetId: id,
      key: `r${at}`,
      kind: 'regression',
      modality: 'video',
      prompt: `How far is object ${at}?`,
      options: [],
      truth: '2.5',
    })),
  });
  await seedGroups(project, { ...place, questionSetId: id }, questionIds, { stage: 'eval' });
  // Graded, as mean relative accuracy is: 0.1 to 0.4, well formed but for the first.
  await pool.query(
    `UPDATE rollout SET kind = 'regression', accuracy = sample_index / 10.0, correct = sample_index > 2,
       well_formed = sample_index > 1, reward = sample_index / 10.0 + CASE WHEN sample_index > 1 THEN 0.5 ELSE 0 END
     WHERE question_set_id = $1`,
    [id],
  );
  return id;
};

const giveVerdicts = (runId: string) =>
  pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency,
       r.repetition, r.think_tokens, r.token_source, '[]', '{}'
     FROM rollout r JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id WHERE r.run_id = $1`,
    [runId],
  );

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: 6, name: 'videommmu' });
  const later = randomUUID();
  await db.iteration.create({
    data: { id: later, projectId: project.projectId, runId: run.runId, k: 1, state: 'imported' },
  });
  const place = { runId: run.runId, iterationId: later, questionSetId: run.questionSetId };
  await seedGroups(project, place, run.questionIds.slice(0, 3), { stage: 'eval' });
  otherSetId = await seedOtherSet('our distances', { runId: run.runId, iterationId: later });
  // Nobody knows the truth of one question: it has no reward until a person says that an answer to it is right.
  await pool.query(
    `UPDATE rollout SET accuracy = NULL, correct = NULL, reward = NULL WHERE question_id = $1 AND stage = 'grpo'`,
    [run.questionIds[5]],
  );
  await giveVerdicts(run.runId);
  viewers = await seedIdentities(project, await seedProject());
});

const plainSchema = z.array(
  z.object({
    k: z.int(),
    stage: z.string(),
    setId: z.uuid(),
    questions: z.int(),
    rollouts: z.int(),
    consistent: z.int(),
    inconsistent: z.int(),
    undetermined: z.int(),
    judged: z.int(),
    rightConsistent: z.int(),
    scored: z.int(),
    mean: z.number().nullable(),
    deviation: z.number().nullable(),
  }),
);

/** The same figures from the columns of the rows themselves; the mean from rewards, less 0.5 for form. */
const recount = async (kind: string | null = null) => {
  const { rows } = await pool.query(
    `SELECT i.k, r.stage, r.question_set_id AS "setId", count(DISTINCT r.question_id)::int AS questions,
       count(*)::int AS rollouts,
       sum((r.consistency = 'consistent')::int)::int AS consistent,
       sum((r.consistency = 'inconsistent')::int)::int AS inconsistent,
       sum((r.consistency = 'undetermined')::int)::int AS undetermined,
       count(r.correct)::int AS judged,
       sum((r.correct AND r.consistency = 'consistent')::int)::int AS "rightConsistent",
       count(r.reward)::int AS scored,
       avg((r.reward - CASE WHEN r.well_formed THEN 0.5 ELSE 0 END)::float8) AS mean,
       stddev_samp((r.reward - CASE WHEN r.well_formed THEN 0.5 ELSE 0 END)::float8) AS deviation
     FROM rollout r JOIN iteration i ON i.id = r.iteration_id JOIN question_set s ON s.id = r.question_set_id
     WHERE r.run_id = $1 AND ($2::text IS NULL OR r.kind = $2)
     GROUP BY i.k, r.stage, r.question_set_id, s.name
     ORDER BY i.k, r.stage, s.name`,
    [run.runId, kind],
  );
  return plainSchema.parse(rows);
};

const expectAsRecounted = async (kind: 'choice' | 'regression' | null = null) => {
  const [{ cells }, plain] = await Promise.all([getRunBenchmarks(project.owner, run.runId, { kind }), recount(kind)]);
  expect(cells).toHaveLength(plain.length);
  for (const [at, { mean, deviation, ...counts }] of plain.entries()) {
    const cell = cells[at];
    expect(cell).toMatchObject(counts);
    const interval = cell ? meanInterval(cell.accuracySum, cell.accuracySquares, cell.scored) : null;
    expect(interval?.mean).toBeCloseTo(mean ?? Number.NaN, 6);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeCloseTo(
      (2 * 1.959964 * (deviation ?? Number.NaN)) / Math.sqrt(counts.scored),
      5,
    );
  }
  return cells;
};

describe('the figures of a run', () => {
  test('are those of its rows', async () => {
    const cells = await expectAsRecounted();
    // 6 questions in GRPO 0; 3 of them, and 2 of the other set, in Eval 1. One of four samples is inconsistent.
    expect(cells.map(({ k, stage, setName, benchmark }) => [k, stage, setName, benchmark])).toEqual([
      [0, 'grpo', 'videommmu questions', 'video-mmmu'],
      [1, 'eval', 'our distances', null],
      [1, 'eval', 'videommmu questions', 'video-mmmu'],
    ]);
    expect(cells[0]).toMatchObject({ questions: 6, rollouts: 24, consistent: 18, inconsistent: 6, scored: 20 });
    expect(cells[1]?.accuracySum).toBeCloseTo(2, 5);
  });

  test('are narrowed to a kind, and name the kinds of all', async () => {
    const cells = await expectAsRecounted('regression');
    expect(cells.map(({ setName }) => setName)).toEqual(['our distances']);
    await expectAsRecounted('choice');
    const { kinds } = await getRunBenchmarks(project.owner, run.runId, { kind: 'math' });
    expect(kinds).toEqual(['choice', 'regression']);
  });

  test('follow what people correct, and its withdrawal', async () => {
    const rolloutOf = (setId: string, where: object) =>
      db.rollout.findFirstOrThrow({ where: { runId: run.runId, questionSetId: setId, stage: 'eval', ...where } });
    const before = (await getRunBenchmarks(project.owner, run.runId)).cells;
    const wrong = await rolloutOf(otherSetId, { correct: false });
    const inconsistent = await rolloutOf(run.questionSetId, { consistency: 'inconsistent' });
    await correctVerdict(project.reviewer, {
      decisionId: randomUUID(),
      rolloutId: wrong.id,
      correction: { check: 'accuracy', value: true },
      reason: 'The key is in feet',
    });
    await correctVerdict(project.reviewer, {
      decisionId: randomUUID(),
      rolloutId: inconsistent.id,
      correction: { check: 'consistency', value: 'consistent' },
      reason: 'It names C as an example',
    });
    const unjudged = await db.rollout.findFirstOrThrow({ where: { runId: run.runId, correct: null } });
    await correctVerdict(project.owner, {
      decisionId: randomUUID(),
      rolloutId: unjudged.id,
      correction: { check: 'accuracy', value: true },
      reason: 'The clip shows it',
    });
    const [explored, distances, choices] = await expectAsRecounted();
    expect(explored).toMatchObject({ scored: 21, judged: 21, correctedAccuracy: 1 });
    // From its grade to a whole 1.
    expect(distances?.accuracySum).toBeCloseTo((before[1]?.accuracySum ?? 0) + 1 - (wrong.accuracy ?? 0), 5);
    expect(distances).toMatchObject({ correctedAccuracy: 1, correctedConsistency: 0 });
    expect(choices).toMatchObject({
      inconsistent: (before[2]?.inconsistent ?? 0) - 1,
      consistent: (before[2]?.consistent ?? 0) + 1,
      correctedConsistency: 1,
      correctedAccuracy: 0,
    });

    for (const [rolloutId, check] of [
      [wrong.id, 'accuracy'],
      [inconsistent.id, 'consistency'],
      [unjudged.id, 'accuracy'],
    ] as const) {
      await withdrawCorrection(project.owner, { decisionId: randomUUID(), rolloutId, check, reason: 'Read again' });
    }
    await expectAsRecounted();
    expect((await getRunBenchmarks(project.owner, run.runId)).cells).toMatchObject(
      before.map(({ accuracySum: _, accuracySquares: __, ...counts }) => counts),
    );
  });

  test('stand under the benchmark that a person chose', async () => {
    const named = async () =>
      new Set((await getRunBenchmarks(project.owner, run.runId)).cells.map(({ benchmark }) => benchmark));
    const choose = (setId: string, benchmark: string | null) =>
      db.questionSet.update({ where: { id: setId }, data: { benchmark } });
    await choose(otherSetId, 'vsi-bench');
    await choose(run.questionSetId, 'none');
    expect(await named()).toEqual(new Set(['vsi-bench', null]));
    await choose(otherSetId, null);
    await choose(run.questionSetId, 'a benchmark of another time');
    expect(await named()).toEqual(new Set([null, 'video-mmmu']));
  });
});

test('a run without rollouts has none', async () => {
  const { runId } = await seedRun(project, { groups: 0, name: 'empty' });
  expect(await getRunBenchmarks(project.owner, runId)).toEqual({ cells: [], kinds: [], olderSlices: 0 });
});

test.each(outsiders)('%s finds no run', async (name) => {
  const viewer = viewers.get(name) ?? { userId: 'missing' };
  await expect(getRunBenchmarks(viewer, run.runId)).rejects.toMatchObject({ code: 'not_found' });
});

test.each(insiders)('%s reads it', async (name) => {
  const viewer = viewers.get(name) ?? { userId: 'missing' };
  expect((await getRunBenchmarks(viewer, run.runId)).cells).toHaveLength(3);
});
