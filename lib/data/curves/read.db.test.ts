import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { getRolloutFacets } from '@/lib/data/rollouts/facets';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict, withdrawCorrection } from '@/lib/data/verdicts/correct';
import { defaultChoice } from '@/lib/domain/curves/choice';
import type { CurvePoint, Sums } from '@/lib/domain/curves/curve';
import { planSchema } from '@/lib/domain/loop/plan';
import { planFromRecipe } from '@/lib/domain/loop/recipes';
import { deriveFacets } from '@/lib/domain/rollouts/facets';
import { parseRolloutFilter } from '@/lib/domain/rollouts/filter';
import { getCurves } from './read';

let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;
let otherSet: string;

/** 24 groups of four over six steps with holes between them, two sets, graded rewards, some without truth or length. */
beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 24 });
  otherSet = randomUUID();
  await db.questionSet.create({ data: { id: otherSet, projectId: project.projectId, name: 'another set' } });
  await seedGroups(project, run, run.questionIds.slice(0, 3), { stage: 'eval' });
  for (const [at, groupId] of run.groupIds.entries()) {
    const step = 3 * Math.floor(at / 4);
    await pool.query('UPDATE rollout_group SET step = $2 WHERE id = $1', [groupId, step]);
    await pool.query('UPDATE rollout SET step = $2 WHERE group_id = $1', [groupId, step]);
    if (at % 3 === 0) {
      await pool.query('UPDATE question SET question_set_id = $2 WHERE id = $1', [run.questionIds[at], otherSet]);
      await pool.query('UPDATE rollout SET question_set_id = $2 WHERE group_id = $1', [groupId, otherSet]);
    }
  }
  await pool.query(
    `UPDATE rollout SET accuracy = a.graded, correct = a.graded > 0.5, well_formed = seq % 5 > 0,
       reward = a.graded + CASE WHEN seq % 5 > 0 THEN 0.5 ELSE 0 END, think_tokens = nullif(20 + seq % 90, 26),
       total_tokens = CASE WHEN seq % 4 > 0 THEN 40 + seq % 70 END,
       token_source = CASE WHEN seq % 3 = 0 THEN 'estimate' ELSE 'trainer' END
     FROM (SELECT id AS of_id, CASE WHEN seq % 11 > 0 THEN (seq % 7) / 6.0 END::real AS graded FROM rollout) AS a
     WHERE a.of_id = id AND run_id = $1`,
    [run.runId],
  );
  await pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency,
       r.repetition, r.think_tokens, r.token_source, '[]', '{}'
     FROM rollout r JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id
     WHERE r.run_id = $1 AND r.think_tokens IS NOT NULL`,
    [run.runId],
  );
});

const ask = (change: Partial<typeof defaultChoice> = {}, runId = run.runId, viewer = project.owner) =>
  getCurves(viewer, runId, { ...defaultChoice, ...change });

const near = (sums: Sums) => ({
  n: sums.n,
  sum: expect.closeTo(sums.sum, 4),
  squares: expect.closeTo(sums.squares, 2),
});

/** The same once more, plainly: by the columns themselves and by what people decided, step by step. */
const plainSteps = async (
  where: string,
  values: readonly unknown[],
  tokens = 'think_tokens',
): Promise<CurvePoint[]> => {
  const { rows } = await pool.query(
    `WITH standing AS (
       SELECT r.*, (SELECT (d.payload ->> 'value')::bool::int FROM decision d WHERE d.rollout_id = r.id
                    AND d."check" = 'accuracy' AND d.action = 'correct' AND r.corrected LIMIT 1) AS said
       FROM rollout r WHERE r.run_id = $1 AND ${where}
     )
     SELECT step AS "from", step AS "to", 1 AS steps, count(*)::int AS rollouts,
       jsonb_build_object('n', count(coalesce(said, accuracy)), 'sum', coalesce(sum(coalesce(said, accuracy)::numeric), 0),
         'squares', coalesce(sum(coalesce(said, accuracy)::numeric ^ 2), 0)) AS accuracy,
       jsonb_build_object('n', count(${tokens}), 'sum', coalesce(sum(${tokens}), 0),
         'squares', coalesce(sum(${tokens}::numeric ^ 2), 0)) AS tokens,
       ${tokens === 'think_tokens' ? "count(*) FILTER (WHERE token_source = 'estimate' AND think_tokens IS NOT NULL)::int" : '0'} AS estimated
     FROM standing GROUP BY step ORDER BY step`,
    [run.runId, ...values],
  );
  return rows.map((row) => ({ ...row, accuracy: near(row.accuracy), tokens: near(row.tokens) }));
};

describe('points', () => {
  test('are what plain sums over the rollouts of each step say, evaluations left out', async () => {
    const { curves, stepsPerPoint, sets } = await ask();
    expect(stepsPerPoint).toBe(1);
    expect(curves.map(({ k, stage, setId }) => [k, stage, setId])).toEqual([[0, 'grpo', null]]);
    const plain = await plainSteps("stage = 'grpo'", []);
    expect(plain.map(({ from }) => from)).toEqual([0, 3, 6, 9, 12, 15]);
    expect(curves[0]?.points).toEqual(plain);
    expect(sets.map(({ name }) => name)).toEqual(['another set', 'seeded run questions']);
  });

  test('measure the whole response when asked, which nobody estimates', async () => {
    const { curves } = await ask({ length: 'response' });
    expect(curves[0]?.points).toEqual(await plainSteps("stage = 'grpo'", [], 'total_tokens'));
  });

  test('of one set, and of each', async () => {
    const one = await ask({ set: otherSet });
    const plain = await plainSteps("stage = 'grpo' AND question_set_id = $2", [otherSet]);
    expect(one.curves.map(({ setId }) => setId)).toEqual([otherSet]);
    expect(one.curves[0]?.points).toEqual(plain);
    const each = await ask({ set: 'each' });
    expect(each.curves).toHaveLength(2);
    expect(each.curves.find(({ setId }) => setId === otherSet)?.points).toEqual(plain);
  });

  test('follow a person’s correction of accuracy at once, and its withdrawal', async () => {
    const before = await plainSteps("stage = 'grpo'", []);
    const wrong = await db.rollout.findFirstOrThrow({
      where: { runId: run.runId, stage: 'grpo', step: 6, correct: false, wellFormed: true, accuracy: { gt: 0 } },
      select: { id: true, accuracy: true },
    });
    const act = { rolloutId: wrong.id, reason: 'The answer is right' };
    await correctVerdict(project.reviewer, {
      ...act,
      decisionId: randomUUID(),
      correction: { check: 'accuracy', value: true },
    });
    const { curves } = await ask();
    expect(curves[0]?.points).toEqual(await plainSteps("stage = 'grpo'", []));
    const step = curves[0]?.points.find(({ from }) => from === 6);
    expect(step).not.toEqual(before[2]);
    await withdrawCorrection(project.reviewer, { ...act, decisionId: randomUUID(), check: 'accuracy' });
    expect((await ask()).curves[0]?.points).toEqual(before);
  });

  test('a correction of another check changes no reward of accuracy', async () => {
    const before = await ask();
    const graded = await db.rollout.findFirstOrThrow({
      where: { runId: run.runId, stage: 'grpo', wellFormed: true, accuracy: { gt: 0, lt: 1 } },
      select: { id: true },
    });
    await correctVerdict(project.reviewer, {
      decisionId: randomUUID(),
      rolloutId: graded.id,
      correction: { check: 'format', value: false },
      reason: 'Two answers',
    });
    expect((await ask()).curves[0]?.points).toEqual(
      before.curves[0]?.points.map((point) => ({ ...point, accuracy: near(point.accuracy) })),
    );
  });
});

describe('many steps', () => {
  const STEPS = 700;
  const inIteration = "stage = 'grpo' AND iteration_id = $2";
  let iterationId: string;

  beforeAll(async () => {
    iterationId = randomUUID();
    await db.iteration.create({
      data: { id: iterationId, projectId: project.projectId, runId: run.runId, k: 1, state: 'imported' },
    });
    // Every other step only, so that joining by step would not join as many.
    await pool.query(
      `WITH made AS (
         INSERT INTO rollout_group (id, project_id, run_id, iteration_id, question_id, stage, step)
         SELECT gen_random_uuid(), $1, $2, $3, $4, 'grpo', 2 * n FROM generate_series(0, ${STEPS - 1}) n RETURNING *
       )
       INSERT INTO rollout (id, project_id, run_id, iteration_id, group_id, question_id, question_set_id, stage, kind,
         step, sample_index, source, chars, finish_reason, think_tokens, token_source, well_formed, accuracy, correct)
       SELECT gen_random_uuid(), $1, $2, $3, made.id, $4, $5, 'grpo', 'choice', made.step, s, 'many', 10, 'stop',
         30 + made.step % 40 + s, 'trainer', true, (made.step + s) % 2, (made.step + s) % 2 = 1
       FROM made CROSS JOIN generate_series(1, 2) s`,
      [project.projectId, run.runId, iterationId, run.questionIds[1], run.questionSetId],
    );
  });

  test('neighbours are joined, as many in each point, and nothing is lost', async () => {
    const { curves, stepsPerPoint } = await ask({ k: [1] });
    const points = curves[0]?.points ?? [];
    expect(stepsPerPoint).toBe(5);
    expect(points).toHaveLength(140);
    expect(points.every(({ steps, from, to }) => steps === 5 && to === from + 8)).toBe(true);
    const plain = await plainSteps(inIteration, [iterationId]);
    expect(plain).toHaveLength(STEPS);
    expect(points.reduce((sum, { rollouts }) => sum + rollouts, 0)).toBe(2 * STEPS);
    const { rows } = await pool.query(
      'SELECT sum(think_tokens)::int AS tokens, count(*)::int AS n FROM rollout WHERE iteration_id = $1 AND step BETWEEN 20 AND 28',
      [iterationId],
    );
    expect(points[2]).toMatchObject({ from: 20, to: 28, rollouts: rows[0].n, tokens: { n: 10, sum: rows[0].tokens } });
  });

  test('a point’s range of steps finds the rollouts that it counts', async () => {
    const { curves } = await ask({ k: [1] });
    for (const point of curves[0]?.points.slice(0, 3) ?? []) {
      const filter = parseRolloutFilter(
        new URLSearchParams(`run=${run.runId}&iteration=1&stage=grpo&stepMin=${point.from}&stepMax=${point.to}`),
      );
      const { cube } = await getRolloutFacets(project.owner, filter);
      expect(deriveFacets(cube, filter).total).toBe(point.rollouts);
    }
  });

  test('all lines have points of as many steps, and together no more than a browser is given', async () => {
    const { curves, stepsPerPoint } = await ask({ set: 'each' });
    expect(stepsPerPoint).toBe(5);
    expect(curves.flatMap(({ points }) => points).length).toBeLessThanOrEqual(1_000);
    expect(curves.find(({ k }) => k === 0)?.points.length).toBe(2);
  });
});

describe('runs laid over', () => {
  const planned = async (name: string, seed: number, afterDpo: boolean) => {
    const made = await seedRun(project, { groups: 2, name });
    const recipe = planFromRecipe('whole-iteration', { questionSets: [run.questionSetId] });
    const plan = planSchema.parse({ ...recipe, seed });
    const model = { source: 'local', name: 'tiny' };
    const place = { projectId: project.projectId, runId: made.runId, step: 0, model };
    const [base, dpo] = [randomUUID(), randomUUID()];
    await db.checkpoint.create({ data: { ...place, id: base, stage: 'base' } });
    await db.checkpoint.create({ data: { ...place, id: dpo, stage: 'dpo' } });
    await db.iteration.update({
      where: { id: made.iterationId },
      data: { plan, startCheckpointId: afterDpo ? dpo : base },
    });
    return made;
  };

  test('come in the order asked, with seeds, families and partners', async () => {
    const first = await planned('seed 7', 7, false);
    const second = await planned('seed 8', 8, false);
    const aligned = await planned('aligned', 7, true);
    const found = await ask({ overlaid: [second.runId, aligned.runId] }, first.runId);
    expect(found.runs.map(({ name }) => name)).toEqual(['seed 7', 'seed 8', 'aligned']);
    expect(found.runs.map(({ turns }) => turns[0])).toMatchObject([
      { k: 0, seed: 7, afterDpo: false, family: 0 },
      { k: 0, seed: 8, afterDpo: false, family: 0 },
      { k: 0, seed: 7, afterDpo: true, family: null },
    ]);
    expect(found.curves.map(({ runId }) => runId).toSorted()).toEqual(
      [first, second, aligned].map(({ runId }) => runId).toSorted(),
    );
    expect(found.partners).toEqual([{ id: aligned.runId, name: 'aligned' }]);
    expect((await ask({}, run.runId)).partners).toEqual([]);
  });

  test('imported runs have neither seed nor family', async () => {
    const { runs } = await ask({ k: [0] });
    expect(runs[0]?.turns[0]).toEqual({ k: 0, seed: null, afterDpo: null, family: null, sources: [] });
  });

  test('what was sampled after GRPO has no step, and is told from its first step by its source', async () => {
    const made = await planned('sampled twice', 1, false);
    const jobs = { explore: randomUUID(), sample: randomUUID() };
    const place = { projectId: project.projectId, iterationId: made.iterationId, state: 'succeeded', stage: 'grpo' };
    await db.job.create({ data: { ...place, id: jobs.explore, kind: 'grpo', rollouts: 8 } });
    await db.job.create({ data: { ...place, id: jobs.sample, kind: 'rollout', rollouts: 4 } });
    const [again] = await seedGroups(project, made, made.questionIds.slice(0, 1));
    const move = (groups: readonly (string | undefined)[], job: string, step: number) =>
      Promise.all([
        pool.query('UPDATE rollout_group SET step = $2 WHERE id = ANY($1)', [groups, step]),
        pool.query("UPDATE rollout SET step = $2, source = 'job ' || $3 WHERE group_id = ANY($1)", [groups, step, job]),
      ]);
    await move([made.groupIds[0]], jobs.explore, 0);
    await move([made.groupIds[1]], jobs.explore, 4);
    await move([again], jobs.sample, 0);
    const { curves, runs, withoutStep } = await ask({}, made.runId);
    expect(curves[0]?.points.map(({ from, rollouts }) => [from, rollouts])).toEqual([
      [0, 4],
      [4, 4],
    ]);
    expect(withoutStep).toBe(4);
    expect(runs[0]?.turns[0]?.sources).toEqual([`job ${jobs.explore}`]);
  });
});

test('a run with evaluations alone has no curve', async () => {
  const evaluated = await seedRun(project, { groups: 2, name: 'evaluated', stage: 'eval' });
  expect(await ask({}, evaluated.runId)).toMatchObject({ curves: [], sets: [], stepsPerPoint: 1 });
});

describe('a stranger', () => {
  test('sees no run, neither by itself nor laid over', async () => {
    await expect(ask({}, run.runId, foreign.owner)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask({}, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    const own = await seedRun(foreign, { groups: 1, name: 'theirs' });
    const { runs, curves, sets } = await ask({ overlaid: [run.runId] }, own.runId, foreign.owner);
    expect(runs.map(({ name }) => name)).toEqual(['theirs']);
    expect(curves.map(({ runId }) => runId)).toEqual([own.runId]);
    expect(sets.map(({ name }) => name)).toEqual(['theirs questions']);
  });

  test('nor does a token of another project, whoever holds it', async () => {
    await db.member.create({ data: { projectId: foreign.projectId, userId: project.owner.userId, role: 'owner' } });
    const token = { userId: project.owner.userId, projectId: foreign.projectId };
    await expect(ask({}, run.runId, token)).rejects.toMatchObject({ code: 'not_found' });
  });
});
