import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict } from '@/lib/data/verdicts/correct';
import { metrics } from '@/lib/domain/comparison/metrics';
import { aspects } from '@/lib/domain/comparison/outcome';
import { planSchema } from '@/lib/domain/loop/plan';
import { planFromRecipe } from '@/lib/domain/loop/recipes';
import type { Slice } from '@/lib/domain/slices/slice';
import { compareSlices, readChanges, readComparison } from './compare';
import { listFlippedQuestions } from './list-flips';
import { readSettings } from './settings';

const whole = { set: [], kind: [] };
const QUESTIONS = 60;
/** Asked by the second iteration alone. */
const MORE = 10;

let project: SeededProject;
let run: SeededRun;
let slices: [Slice, Slice];
let iterationIds: [string, string];

/** Every rollout its own outcome, different on both sides, some unknown; half of the questions are of another kind. */
const SCATTER = `
  WITH drawn AS (
    SELECT id, hashtextextended(id::text, 1) & 1023 AS a, hashtextextended(id::text, 2) & 1023 AS b,
           hashtextextended(question_id::text, 3) & 1 AS odd FROM rollout WHERE run_id = $1
  )
  UPDATE rollout SET
    kind = CASE WHEN odd = 1 THEN 'regression' ELSE 'choice' END,
    well_formed = CASE WHEN a < 30 THEN NULL ELSE a > 100 END,
    accuracy = CASE WHEN a < 60 THEN NULL ELSE (a % 11) / 10.0 END,
    correct = CASE WHEN a < 60 THEN NULL ELSE a % 11 > 4 END,
    consistency = CASE WHEN b < 50 THEN NULL WHEN b < 200 THEN 'undetermined' WHEN b < 500 THEN 'inconsistent' ELSE 'consistent' END,
    repetitive = CASE WHEN b < 50 THEN NULL ELSE b % 7 = 0 END,
    length_class = CASE WHEN b < 50 THEN NULL WHEN b % 5 = 0 THEN 'cut_off' ELSE 'in_range' END,
    think_tokens = CASE WHEN a < 30 THEN NULL ELSE 20 + b END,
    reward = CASE WHEN a < 60 THEN NULL ELSE (a % 11) / 10.0 + 0.5 END
  FROM drawn WHERE drawn.id = rollout.id`;

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: QUESTIONS });
  const { runId, questionSetId } = run;
  const { projectId } = project;
  const second = randomUUID();
  await db.iteration.create({ data: { id: second, projectId, runId, k: 1, state: 'imported' } });
  const more = Array.from({ length: MORE }, () => randomUUID());
  await db.question.createMany({
    data: more.map((id, at) => ({
      id,
      projectId,
      questionSetId,
      key: `more${at}`,
      kind: 'choice',
      modality: 'video',
      prompt: `More ${at}`,
      truth: 'B',
    })),
  });
  await seedGroups(project, { runId, iterationId: second, questionSetId }, [...run.questionIds.slice(5), ...more]);
  await pool.query(SCATTER, [runId]);
  iterationIds = [run.iterationId, second];
  slices = [
    { runId, k: 0, stage: 'grpo' },
    { runId, k: 1, stage: 'grpo' },
  ];
});

/** Each metric from the rows' own columns, with nothing of the facet code. */
const PLAIN = `avg(accuracy::float8) AS accuracy, avg(correct::int)::float8 AS correct,
  avg((consistency = 'inconsistent')::int) FILTER (WHERE consistency IN ('consistent', 'inconsistent'))::float8 AS inconsistent,
  avg((correct AND consistency IS NOT DISTINCT FROM 'consistent')::int) FILTER (WHERE correct IS NOT NULL)::float8 AS "rightConsistent",
  avg(repetitive::int)::float8 AS repetitive, avg((NOT well_formed)::int)::float8 AS malformed,
  avg((length_class = 'cut_off')::int)::float8 AS "cutOff", avg(think_tokens)::float8 AS tokens,
  avg(reward::float8) AS reward`;
const plainSchema = z.record(z.enum(metrics), z.number());

const plain = async (iterationId: string, where = 'TRUE') => {
  const { rows } = await pool.query(
    `SELECT ${PLAIN} FROM rollout WHERE run_id = $1 AND iteration_id = $2 AND stage = 'grpo' AND ${where}`,
    [run.runId, iterationId],
  );
  return plainSchema.parse(rows[0]);
};

const SHARED = `question_id IN (
  SELECT question_id FROM rollout WHERE iteration_id = '$A' INTERSECT SELECT question_id FROM rollout WHERE iteration_id = '$B')`;
const shared = () => SHARED.replace('$A', iterationIds[0]).replace('$B', iterationIds[1]);

describe('every figure is what plain SQL counts', () => {
  test.each([0, 1] as const)('of slice %d', async (side) => {
    const { slices: compared } = await readComparison(project.owner, slices, whole);
    const expected = await plain(iterationIds[side]);
    for (const metric of metrics) {
      const { value, low, high, n, count } = compared[side]?.figures[metric] ?? {};
      expect(value, metric).toBeCloseTo(expected[metric], 9);
      expect(low, metric).toBeLessThan(expected[metric]);
      expect(high, metric).toBeGreaterThan(expected[metric]);
      if (count !== null) expect((count ?? 0) / (n ?? 0), metric).toBeCloseTo(expected[metric], 9);
    }
    expect(compared[side]).toMatchObject({ rollouts: 4 * (side === 0 ? QUESTIONS : QUESTIONS - 5 + MORE) });
  });

  test('narrowed to a kind', async () => {
    const { slices: compared } = await readComparison(project.owner, slices, {
      set: [run.questionSetId],
      kind: ['regression'],
    });
    const expected = await plain(iterationIds[1], `kind = 'regression'`);
    for (const metric of metrics) expect(compared[1]?.figures[metric].value).toBeCloseTo(expected[metric], 9);
    const { slices: none } = await readComparison(project.owner, slices, { set: [randomUUID()], kind: [] });
    expect(none[0]).toMatchObject({
      rollouts: 0,
      figures: { accuracy: { value: null, n: 0 }, correct: { value: null } },
    });
  });
});

describe('differences', () => {
  test('are over the questions that both have, each inside its interval', async () => {
    const { sides } = await readChanges(project.owner, slices, whole);
    const [base, other] = [await plain(iterationIds[0], shared()), await plain(iterationIds[1], shared())];
    expect(sides[0]?.pairing).toEqual({
      paired: true,
      shared: QUESTIONS - 5,
      base: QUESTIONS,
      other: QUESTIONS - 5 + MORE,
    });
    for (const metric of metrics) {
      const found = sides[0]?.differences[metric];
      expect(found?.base, metric).toBeCloseTo(base[metric], 9);
      expect(found?.other, metric).toBeCloseTo(other[metric], 9);
      expect(found?.interval?.difference, metric).toBeCloseTo(other[metric] - base[metric], 9);
      expect(found?.interval?.low, metric).toBeLessThan(other[metric] - base[metric]);
      expect(found?.interval?.high, metric).toBeGreaterThan(other[metric] - base[metric]);
    }
  });

  test('stand by kind, the worst first', async () => {
    const { sides } = await readChanges(project.owner, slices, whole);
    const cells = sides[0]?.cells ?? [];
    expect(cells.map(({ kind }) => kind).toSorted()).toEqual(['choice', 'regression']);
    for (const { kind, accuracy, inconsistent } of cells) {
      const where = `kind = '${kind}' AND ${shared()}`;
      const [base, other] = [await plain(iterationIds[0], where), await plain(iterationIds[1], where)];
      expect(accuracy.interval?.difference).toBeCloseTo(other.accuracy - base.accuracy, 9);
      expect(inconsistent.interval?.difference).toBeCloseTo(other.inconsistent - base.inconsistent, 9);
    }
    const [first, second] = cells.map(({ accuracy }) => accuracy.interval?.difference ?? 0);
    expect(first).toBeLessThanOrEqual(second ?? 0);
  });

  test('of a slice with itself are nothing, and the same question asked twice gives the same answer', async () => {
    const [first] = slices;
    const { sides } = await readChanges(project.owner, [first, first], whole);
    for (const metric of metrics) {
      expect(sides[0]?.differences[metric].interval).toEqual({ difference: 0, low: 0, high: 0 });
    }
    expect(sides[0]?.flips.accuracy.counts.every(({ from, to }) => from === to)).toBe(true);
    expect(await readChanges(project.owner, slices, whole)).toEqual(await readChanges(project.owner, slices, whole));
  });

  test('between slices without a common question are drawn apart', async () => {
    const other = await seedRun(project, { groups: 30, name: 'another run' });
    const { sides } = await readChanges(project.owner, [slices[0], { runId: other.runId, k: 0, stage: 'grpo' }], whole);
    expect(sides[0]?.pairing).toEqual({ paired: false, shared: 0, base: QUESTIONS, other: 30 });
    expect(sides[0]?.differences.accuracy.base).toBeCloseTo((await plain(iterationIds[0])).accuracy, 9);
    expect(sides[0]?.flips.accuracy.counts).toEqual([]);
  });
});

/** Outcomes by plain counting: right of those with a truth, consistent of those decided. */
const FLIPS = {
  accuracy: ['correct', 'correct IS NOT NULL'],
  consistency: [`consistency = 'consistent'`, `consistency IN ('consistent', 'inconsistent')`],
} as const;
const flipRow = z.object({ from: z.string(), to: z.string(), questions: z.int() });

const flipsBySql = async (aspect: 'accuracy' | 'consistency') => {
  const [holds, counts] = FLIPS[aspect];
  const side = `SELECT question_id, CASE WHEN count(*) FILTER (WHERE ${counts}) = 0 THEN 'unknown'
      WHEN avg((${holds})::int) FILTER (WHERE ${counts}) = 0.5 THEN 'split'
      WHEN avg((${holds})::int) FILTER (WHERE ${counts}) > 0.5 THEN 'holds' ELSE 'fails' END AS outcome
    FROM rollout WHERE iteration_id = `;
  const { rows } = await pool.query(
    `SELECT a.outcome AS "from", b.outcome AS "to", count(*)::int AS questions
     FROM (${side} $1 GROUP BY 1) a JOIN (${side} $2 GROUP BY 1) b USING (question_id) GROUP BY 1, 2`,
    [...iterationIds],
  );
  return z.array(flipRow).parse(rows);
};

const sorted = (rows: readonly z.infer<typeof flipRow>[]) =>
  rows.map(({ from, to, questions }) => `${from} ${to} ${questions}`).toSorted();

describe('flips', () => {
  test.each(aspects)('of %s are what plain SQL counts', async (aspect) => {
    const { sides } = await readChanges(project.owner, slices, whole);
    const found = sides[0]?.flips[aspect];
    expect(sorted(found?.counts ?? [])).toEqual(sorted(await flipsBySql(aspect)));
    expect(found?.counts.reduce((sum, { questions }) => sum + questions, 0)).toBe(QUESTIONS - 5);
  });

  test.each(aspects)('each count of %s lists as many questions, those that moved most first', async (aspect) => {
    const { sides } = await readChanges(project.owner, slices, whole);
    for (const { from, to, questions } of sides[0]?.flips[aspect].counts ?? []) {
      const { rows, nextCursor } = await listFlippedQuestions(
        project.owner,
        slices,
        whole,
        { aspect, from, to },
        undefined,
      );
      expect(rows).toHaveLength(questions);
      expect(nextCursor).toBeNull();
      const moved = rows.map(({ base, other }) =>
        Math.abs(other.holds / (other.of || 1) - base.holds / (base.of || 1)),
      );
      if (from !== 'unknown' && to !== 'unknown') expect(moved).toEqual(moved.toSorted((a, b) => b - a));
      const [row] = rows;
      expect(run.questionIds).toContain(row?.questionId);
      expect(row?.prompt).toMatch(/^Where does object/);
    }
  });

  test('go on from page to page without a gap', async () => {
    const many = await seedRun(project, { groups: 120, name: 'many questions' });
    const same: [Slice, Slice] = [
      { runId: many.runId, k: 0, stage: 'grpo' },
      { runId: many.runId, k: 0, stage: 'grpo' },
    ];
    const asked = { aspect: 'accuracy', from: 'holds', to: 'holds' } as const;
    const seen: string[] = [];
    let cursor: { moved: number; questionId: string } | undefined;
    for (let page = 0; page < 5; page += 1) {
      const { rows, nextCursor } = await listFlippedQuestions(project.owner, same, whole, asked, cursor);
      seen.push(...rows.map(({ questionId }) => questionId));
      if (nextCursor === null) break;
      const [moved, questionId = ''] = nextCursor.split('~');
      cursor = { moved: Number(moved), questionId };
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });
});

test('a corrected verdict moves figures, differences and lists of flips at once', async () => {
  const own = await seedRun(project, { groups: 3, name: 'corrected run' });
  await pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency,
       r.repetition, r.think_tokens, r.token_source, '[]', '{}'
     FROM rollout r JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id WHERE r.run_id = $1`,
    [own.runId],
  );
  const self: Slice = { runId: own.runId, k: 0, stage: 'grpo' };
  const asked = { aspect: 'consistency', from: 'holds', to: 'holds' } as const;
  const read = async () => {
    const [figures, changes, flips] = await Promise.all([
      readComparison(project.owner, [slices[0], self], whole),
      readChanges(project.owner, [self, self], whole),
      listFlippedQuestions(project.owner, [self, self], whole, asked, undefined),
    ]);
    return {
      figure: figures.slices[1]?.figures.inconsistent.count,
      drawn: changes.sides[0]?.differences.inconsistent.base,
      listed: flips.rows.map(({ base, other }) => [base.holds, other.holds]).sort(),
    };
  };
  const before = [3, 3];
  expect(await read()).toEqual({ figure: 3, drawn: 3 / 12, listed: [before, before, before] });
  const { id: rolloutId } = await db.rollout.findFirstOrThrow({
    where: { runId: own.runId, consistency: 'inconsistent' },
    select: { id: true },
  });
  await correctVerdict(project.reviewer, {
    decisionId: randomUUID(),
    rolloutId,
    correction: { check: 'consistency', value: 'consistent' },
    reason: 'It says B twice',
  });
  expect(await read()).toEqual({ figure: 2, drawn: 2 / 12, listed: [before, before, [4, 4]] });
});

describe('what is not the viewer’s is not there', () => {
  const reads: [string, (viewer: SeededProject['owner'], pair: [Slice, Slice]) => Promise<unknown>][] = [
    ['figures', (viewer, pair) => readComparison(viewer, pair, whole)],
    ['differences', (viewer, pair) => readChanges(viewer, pair, whole)],
    ['everything', (viewer, pair) => compareSlices(viewer, pair, whole)],
    [
      'questions',
      (viewer, pair) =>
        listFlippedQuestions(viewer, pair, whole, { aspect: 'accuracy', from: 'holds', to: 'holds' }, undefined),
    ],
  ];
  test.each(reads)('%s', async (_name, read) => {
    const foreign = await seedProject();
    const theirs = await seedRun(foreign, { groups: 2, name: 'theirs' });
    const mixed: [Slice, Slice] = [slices[0], { runId: theirs.runId, k: 0, stage: 'grpo' }];
    const token = { userId: project.owner.userId, projectId: foreign.projectId };
    await expect(read(foreign.owner, slices)).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(project.owner, mixed)).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(token, slices)).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(project.owner, [slices[0], { ...slices[1], k: 7 }])).rejects.toMatchObject({ code: 'not_found' });
    expect(await read(project.reviewer, slices)).toBeTruthy();
  });
});

describe('configuration', () => {
  test('what was planned stands side by side, and only what differs is marked', async () => {
    const own = await seedRun(project, { groups: 1, name: 'planned run' });
    const { projectId } = project;
    const [second, checkpoint, pairSet] = [randomUUID(), randomUUID(), randomUUID()];
    const input = planFromRecipe('whole-iteration', { questionSets: [own.questionSetId] });
    const [one, two] = [
      planSchema.parse({ ...input, seed: 1 }),
      planSchema.parse({ ...input, seed: 2, device: 'cuda:1' }),
    ];
    const { runId } = own;
    await db.iteration.create({ data: { id: second, projectId, runId, k: 1, state: 'imported', plan: two } });
    await db.checkpoint.create({
      data: { id: checkpoint, projectId, runId, iterationId: own.iterationId, stage: 'dpo', step: 12, model: {} },
    });
    await db.pairSet.create({
      data: { id: pairSet, projectId, runId, iterationId: second, number: 3, pairCount: 41, sha256: 'x', manifest: {} },
    });
    await db.iteration.update({ where: { id: own.iterationId }, data: { plan: one } });
    await db.iteration.update({ where: { id: second }, data: { startCheckpointId: checkpoint, pairSetId: pairSet } });
    await db.run.update({ where: { id: runId }, data: { baseCheckpoint: 'tiny' } });
    const asked: Slice[] = [{ runId, k: 0, stage: 'grpo' }, { runId, k: 1, stage: 'eval' }, slices[0]];
    const rows = await readSettings(project.owner, asked);
    const row = (label: string) => rows.find((one) => one.label === label);
    expect(row('Seed')).toMatchObject({ values: ['1', '2', null], differs: true });
    expect(row('Base checkpoint')).toMatchObject({ values: ['tiny', 'tiny', null], differs: true });
    expect(row('Pair set')).toMatchObject({ values: [null, 'set 3', null], differs: true });
    expect(row('Pairs in it')).toMatchObject({ values: [null, '41', null] });
    expect(row('Start weights')?.values).toEqual(['the base checkpoint', 'DPO of iteration 0, step 12', null]);
    expect(row('Device asked for')).toMatchObject({ values: ['the first free one', 'cuda:1', null], differs: true });
    // Stages that one plan has and the other lacks are told once, not setting by setting.
    const rates = rows.filter(({ label }) => label === 'Learning rate');
    expect(rates).toHaveLength(2);
    for (const rate of rates) expect(rate.differs).toBe(false);
    expect(rows.filter(({ differs, group }) => differs && group === 'GRPO')).toEqual([]);
    expect(await readSettings((await seedProject()).owner, asked)).toEqual([]);
  });
});

test('everything in one go is the same as its two parts', async () => {
  const all = await compareSlices(project.owner, slices, whole);
  expect(all.sides).toHaveLength(1);
  expect(all.slices).toEqual((await readComparison(project.owner, slices, whole)).slices);
});
