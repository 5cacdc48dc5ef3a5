/** The same figure on different screens is the same number: each screen's data against the others and against plain SQL. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { getRunBenchmarks } from '@/lib/data/benchmarks/read';
import { readChanges, readComparison } from '@/lib/data/comparison/compare';
import { getCurves } from '@/lib/data/curves/read';
import { db, pool } from '@/lib/data/db';
import { readFindings } from '@/lib/data/findings/read';
import { getLengths } from '@/lib/data/lengths/distribution';
import { getOutcomes } from '@/lib/data/outcomes/outcomes';
import { getRolloutFacets } from '@/lib/data/rollouts/facets';
import { listSlices } from '@/lib/data/slices/list';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict, withdrawCorrection } from '@/lib/data/verdicts/correct';
import { restandRollouts } from '@/lib/data/verdicts/restand';
import { defaultChoice } from '@/lib/domain/curves/choice';
import { wholeLengths } from '@/lib/domain/lengths/selection';
import { quadrantFacets, quadrantParts } from '@/lib/domain/outcomes/quadrant';
import { kinds } from '@/lib/domain/question';
import { type Stage, stages } from '@/lib/domain/rollout';
import { countConsistency, deriveFacets } from '@/lib/domain/rollouts/facets';
import { emptyFilter, type FacetName } from '@/lib/domain/rollouts/filter';
import { sumTallies } from '@/lib/domain/run';
import { wholeSlices } from '@/lib/domain/slices/narrow';
import { formatSlice, type Slice } from '@/lib/domain/slices/slice';
import type { VerdictCorrection } from '@/lib/domain/verdict-correction';
import { listRuns } from './list';
import { getRunOverview } from './overview';

let project: SeededProject;
let run: SeededRun;
let slices: readonly Slice[] = [];

const addIteration = async (k: number): Promise<SeededRun> => {
  const id = randomUUID();
  const { projectId } = project;
  await db.iteration.create({ data: { id, projectId, runId: run.runId, k, state: 'imported' } });
  return { ...run, iterationId: id };
};

/** Every stage in three iterations, two question sets, and questions of every kind. */
const seedSlices = async (): Promise<void> => {
  const [second, third] = [await addIteration(1), await addIteration(2)];
  for (const place of [run, second, third]) {
    for (const stage of ['activation', 'grpo', 'eval'] as const) {
      if (place === run && stage === 'grpo') continue;
      await seedGroups(project, place, stage === 'activation' ? run.questionIds.slice(0, 9) : run.questionIds, {
        stage,
      });
    }
  }
  const otherSet = randomUUID();
  await db.questionSet.create({ data: { id: otherSet, projectId: project.projectId, name: 'another set' } });
  for (const [at, id] of run.questionIds.entries()) {
    const values = [kinds[at % kinds.length], at % 3 === 0 ? otherSet : run.questionSetId, id];
    await pool.query('UPDATE question SET kind = $1, question_set_id = $2 WHERE id = $3', values);
    await pool.query('UPDATE rollout SET kind = $1, question_set_id = $2 WHERE question_id = $3', values);
  }
};

/**
 * Verdicts of all sorts by a hash of each rollout: graded and missing accuracy, undetermined, malformed, cut off,
 * estimated. Every ninth rollout has none. Their standing is then decided as it always is.
 */
const seedVerdicts = async (): Promise<void> => {
  await pool.query(
    `CREATE TABLE dice AS SELECT id, seq::int AS seq, abs(hashtext(seq::text || 'seed')) AS n FROM rollout WHERE run_id = $1`,
    [run.runId],
  );
  await pool.query(
    `UPDATE rollout SET accuracy = NULL, correct = NULL, consistency = NULL, well_formed = NULL, repetitive = NULL,
       repetition = NULL, length_class = NULL, reward = NULL, think_tokens = NULL, token_source = NULL, answer = NULL
     WHERE run_id = $1`,
    [run.runId],
  );
  await pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, n % 7 > 0, n % 13 = 0, 'B',
       CASE WHEN n % 10 = 0 THEN NULL WHEN r.kind IN ('regression', 'ocr', 'text') THEN (n / 7 % 11) / 10.0
         ELSE n / 3 % 2 END::real,
       CASE WHEN n % 7 = 0 THEN 'undetermined' ELSE ('{consistent,consistent,inconsistent,undetermined}'::text[])[1 + n / 11 % 4] END,
       (n / 5 % 100) / 100.0, n / 17 % 3000, CASE WHEN n % 4 = 0 THEN 'estimate' ELSE 'trainer' END, '[]', '{}'
     FROM rollout r JOIN dice ON dice.id = r.id JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id
     WHERE r.run_id = $1 AND dice.seq % 9 > 0`,
    [run.runId],
  );
  const { rows } = await pool.query('SELECT id FROM dice');
  const client = await pool.connect();
  try {
    const ids = z
      .array(z.object({ id: z.uuid() }))
      .parse(rows)
      .map(({ id }) => id);
    await restandRollouts(client, ids);
  } finally {
    client.release();
  }
  await pool.query('CREATE TABLE decided AS SELECT * FROM rollout WHERE run_id = $1', [run.runId]);
};

const corrections: readonly VerdictCorrection[] = [
  { check: 'accuracy', value: true },
  { check: 'accuracy', value: false },
  { check: 'consistency', value: 'consistent' },
  { check: 'consistency', value: 'inconsistent' },
  { check: 'consistency', value: 'undetermined' },
  { check: 'format', value: true },
  { check: 'length', value: 'cut_off' },
];

/** People correct every fifth verdict, and take every fourth of those back. */
const seedCorrections = async (): Promise<void> => {
  const { rows } = await pool.query(
    'SELECT dice.id FROM dice JOIN verdict ON verdict.rollout_id = dice.id WHERE dice.n % 5 = 0 ORDER BY dice.seq',
  );
  for (const [at, { id: rolloutId }] of z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .entries()) {
    const correction = corrections[at % corrections.length];
    if (!correction) continue;
    const act = { rolloutId, reason: 'read again' };
    await correctVerdict(project.owner, { ...act, decisionId: randomUUID(), correction });
    if (at % 4 === 0) {
      await withdrawCorrection(project.owner, { ...act, decisionId: randomUUID(), check: correction.check });
    }
  }
};

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: 24 });
  await seedSlices();
  await seedVerdicts();
  await seedCorrections();
  slices = await listSlices(project.owner, [run.runId]);
}, 120_000);

const figuresSchema = z.object({
  rollouts: z.int(),
  scored: z.int(),
  accuracy: z.number(),
  judged: z.int(),
  correct: z.int(),
  consistent: z.int(),
  inconsistent: z.int(),
  undetermined: z.int(),
  rightConsistent: z.int(),
  measured: z.int(),
  estimated: z.int(),
  tokens: z.number(),
  responses: z.number(),
  malformed: z.int(),
  repetitive: z.int(),
  cutOff: z.int(),
  corrected: z.int(),
  reward: z.number(),
});
type Figures = z.infer<typeof figuresSchema>;
const plainSchema = figuresSchema.extend({ k: z.int(), stage: z.enum(stages) });

/** By what was decided and what people said last, check by check: none of what the screens count by. */
const readPlain = async (): Promise<ReadonlyMap<string, Figures>> => {
  const { rows } = await pool.query(
    `WITH last AS (
       SELECT DISTINCT ON (rollout_id, "check") rollout_id, "check", action, payload ->> 'value' AS value
       FROM decision WHERE rollout_id IS NOT NULL ORDER BY rollout_id, "check", seq DESC
     ), said AS (
       SELECT rollout_id, bool_or(true) AS any,
         bool_or(value::bool) FILTER (WHERE "check" = 'accuracy') AS correct,
         bool_or(value::bool) FILTER (WHERE "check" = 'format') AS well_formed,
         max(value) FILTER (WHERE "check" = 'consistency') AS consistency,
         max(value) FILTER (WHERE "check" = 'length') AS length_class
       FROM last WHERE action = 'correct' GROUP BY 1
     ), stood AS (
       SELECT r.iteration_id, r.stage, r.think_tokens, r.total_tokens, r.token_source, r.repetitive,
         coalesce(said.correct, r.correct) AS correct, coalesce(said.consistency, r.consistency) AS consistency,
         coalesce(said.well_formed, r.well_formed) AS well_formed, coalesce(said.length_class, r.length_class) AS length_class,
         coalesce(said.any, false) AS corrected,
         CASE WHEN said.correct IS DISTINCT FROM r.correct AND said.correct IS NOT NULL THEN said.correct::int::float8
           ELSE r.accuracy END AS accuracy
       FROM decided r LEFT JOIN said ON said.rollout_id = r.id
     )
     SELECT turn.k, stood.stage, count(*)::int AS rollouts, count(accuracy)::int AS scored,
       coalesce(sum(accuracy), 0)::float8 AS accuracy, count(correct)::int AS judged,
       count(*) FILTER (WHERE correct)::int AS correct,
       count(*) FILTER (WHERE consistency = 'consistent')::int AS consistent,
       count(*) FILTER (WHERE consistency = 'inconsistent')::int AS inconsistent,
       count(*) FILTER (WHERE consistency = 'undetermined')::int AS undetermined,
       count(*) FILTER (WHERE correct AND consistency = 'consistent')::int AS "rightConsistent",
       count(think_tokens)::int AS measured, coalesce(sum(think_tokens), 0)::float8 AS tokens,
       coalesce(sum(total_tokens), 0)::float8 AS responses,
       count(*) FILTER (WHERE token_source = 'estimate')::int AS estimated,
       count(*) FILTER (WHERE NOT well_formed)::int AS malformed, count(*) FILTER (WHERE repetitive)::int AS repetitive,
       count(*) FILTER (WHERE length_class = 'cut_off')::int AS "cutOff", count(*) FILTER (WHERE corrected)::int AS corrected,
       coalesce(sum(coalesce(accuracy, 0) + CASE WHEN well_formed THEN 0.5 ELSE 0 END)
         FILTER (WHERE well_formed IS NOT NULL AND accuracy IS NOT NULL), 0)::float8 AS reward
     FROM stood JOIN iteration AS turn ON turn.id = stood.iteration_id GROUP BY 1, 2`,
  );
  const named = z.array(plainSchema).parse(rows);
  return new Map(named.map(({ k, stage, ...figures }) => [`${k} ${stage}`, figures]));
};

const nameOf = ({ k, stage }: { readonly k: number; readonly stage: Stage }): string => `${k} ${stage}`;
const near = (value: number) => expect.closeTo(value, 4);

/** `of` for every slice, in the order of its name. */
const perSlice = <T>(plain: ReadonlyMap<string, Figures>, of: (figures: Figures, name: string) => T) =>
  Object.fromEntries([...plain].map(([name, figures]) => [name, of(figures, name)]));

test('the seeds hold everything that could be counted differently', async () => {
  const all = [...(await readPlain()).values()];
  expect(all).toHaveLength(9);
  for (const figure of [
    'correct',
    'undetermined',
    'malformed',
    'repetitive',
    'cutOff',
    'estimated',
    'corrected',
  ] as const) {
    for (const figures of all) expect(figures[figure], figure).toBeGreaterThan(0);
  }
  for (const { rollouts, scored, judged, measured, accuracy, correct } of all) {
    expect(measured).toBeLessThan(rollouts);
    expect(scored).toBeLessThan(measured);
    expect(scored).toBe(judged);
    expect(Math.abs(accuracy - correct)).toBeGreaterThan(0.05);
  }
});

test('slices, tiles and the iteration table', async () => {
  const plain = await readPlain();
  expect(Object.fromEntries(slices.map((slice) => [nameOf(slice), 'rollouts' in slice && slice.rollouts]))).toEqual(
    perSlice(plain, ({ rollouts }) => rollouts),
  );
  const { cells, iterations } = await getRunOverview(project.owner, run.runId);
  const kOf = new Map(iterations.map(({ id, k }) => [id, k]));
  const tallies = Map.groupBy(cells, ({ iterationId, stage }) => nameOf({ k: kOf.get(iterationId) ?? -1, stage }));
  const counted = Object.fromEntries(
    [...tallies].map(([name, own]) => {
      const { thinkTokens, ...tally } = sumTallies(own.map(({ tally }) => tally));
      return [name, { ...tally, tokens: thinkTokens }];
    }),
  );
  expect(counted).toEqual(
    perSlice(plain, ({ scored: _s, accuracy: _a, responses: _r, reward: _w, ...same }) =>
      expect.objectContaining(same),
    ),
  );
  const [summary] = await listRuns(project.owner);
  const total = sumTallies(cells.map(({ tally }) => tally));
  for (const field of ['rollouts', 'judged', 'correct', 'consistent', 'inconsistent', 'undetermined'] as const) {
    expect([field, summary?.[field]]).toEqual([field, total[field]]);
  }
});

test('the panels of inconsistency and of benchmarks, whole and kind by kind', async () => {
  const plain = await readPlain();
  const read = (kind: (typeof kinds)[number] | null) => getRunBenchmarks(project.owner, run.runId, { kind });
  const byKind = (await Promise.all(kinds.map(read))).flatMap(({ cells }) => cells);
  for (const cells of [(await read(null)).cells, byKind]) {
    const sum = (own: typeof cells, of: (cell: (typeof cells)[number]) => number) =>
      own.reduce((total, cell) => total + of(cell), 0);
    const bySlice = [...Map.groupBy(cells, nameOf)].map(([name, own]) => [
      name,
      {
        rollouts: sum(own, (cell) => cell.rollouts),
        scored: sum(own, (cell) => cell.scored),
        accuracy: sum(own, (cell) => cell.accuracySum),
        judged: sum(own, (cell) => cell.judged),
        consistent: sum(own, (cell) => cell.consistent),
        inconsistent: sum(own, (cell) => cell.inconsistent),
        undetermined: sum(own, (cell) => cell.undetermined),
        rightConsistent: sum(own, (cell) => cell.rightConsistent),
      },
    ]);
    expect(Object.fromEntries(bySlice)).toEqual(
      perSlice(plain, (figures) => ({
        rollouts: figures.rollouts,
        scored: figures.scored,
        accuracy: near(figures.accuracy),
        judged: figures.judged,
        consistent: figures.consistent,
        inconsistent: figures.inconsistent,
        undetermined: figures.undetermined,
        rightConsistent: figures.rightConsistent,
      })),
    );
  }
});

test('the quadrants, and the lists behind each of their parts', async () => {
  const plain = await readPlain();
  const { quadrants } = await getOutcomes(project.owner, run.runId);
  expect(
    Object.fromEntries(
      quadrants.map(({ parts, rollouts, tokens, ...slice }) => [
        nameOf(slice),
        [
          rollouts,
          Object.values(parts).reduce((sum, part) => sum + part, 0),
          parts.rightConsistent,
          parts.unread,
          parts.rightConsistent +
            parts.rightInconsistent +
            parts.wrongConsistent +
            parts.wrongInconsistent +
            parts.undetermined +
            parts.malformed,
          tokens,
        ],
      ]),
    ),
  ).toEqual(
    perSlice(plain, ({ rollouts, rightConsistent, judged, responses, ...figures }) => {
      const read = figures.consistent + figures.inconsistent + figures.undetermined;
      return [rollouts, rollouts, rightConsistent, rollouts - read, judged, responses];
    }),
  );
  const { cube } = await getRolloutFacets(project.owner, { ...emptyFilter, run: [run.runId] });
  const listed = ({ k, stage }: { k: number; stage: Stage }, facets: Partial<Record<FacetName, readonly string[]>>) =>
    deriveFacets(cube, {
      ...emptyFilter,
      facets: { ...emptyFilter.facets, iteration: [String(k)], stage: [stage], ...facets },
    });
  for (const { k, stage, parts, rollouts } of quadrants) {
    const slice = { k, stage };
    expect(listed(slice, {}).total).toBe(rollouts);
    expect(quadrantParts.map((part) => [part, listed(slice, quadrantFacets[part]).total])).toEqual(
      quadrantParts.map((part) => [part, parts[part]]),
    );
    const { consistent, inconsistent, undetermined } = countConsistency(listed(slice, {}));
    expect({ consistent, inconsistent, undetermined }).toEqual(
      z.object({ consistent: z.int(), inconsistent: z.int(), undetermined: z.int() }).parse(plain.get(nameOf(slice))),
    );
  }
});

test('the comparison, and the two slices of each of its differences', async () => {
  const plain = await readPlain();
  const compared = await readComparison(project.owner, slices, wholeSlices);
  const meanOf = (sum: number, n: number) => ({ value: near(sum / n), n });
  const shareOf = (count: number, n: number) => ({ value: near(count / n), n, count });
  expect(
    Object.fromEntries(
      compared.slices.map((slice) => [nameOf(slice), { ...slice.figures, estimated: slice.estimated }]),
    ),
  ).toEqual(
    perSlice(plain, (of) => {
      const read = of.consistent + of.inconsistent + of.undetermined;
      return {
        accuracy: expect.objectContaining(meanOf(of.accuracy, of.scored)),
        correct: expect.objectContaining(shareOf(of.correct, of.judged)),
        inconsistent: expect.objectContaining(shareOf(of.inconsistent, of.consistent + of.inconsistent)),
        rightConsistent: expect.objectContaining(shareOf(of.rightConsistent, of.judged)),
        malformed: expect.objectContaining(shareOf(of.malformed, read)),
        repetitive: expect.objectContaining(shareOf(of.repetitive, read)),
        cutOff: expect.objectContaining(shareOf(of.cutOff, read)),
        tokens: expect.objectContaining(meanOf(of.tokens, of.measured)),
        reward: expect.objectContaining({ value: expect.any(Number) }),
        estimated: of.estimated,
      };
    }),
  );
  // Both ask the same questions, so that nothing is left out of the difference.
  const pair = compared.slices.filter(({ stage }) => stage === 'eval').slice(0, 2);
  const { sides } = await readChanges(project.owner, pair, wholeSlices);
  for (const [metric, { base, other }] of Object.entries(sides[0]?.differences ?? {})) {
    const figures = pair.map(
      (slice) => Object.entries(slice.figures).find(([name]) => name === metric)?.[1].value ?? 0,
    );
    expect([metric, base, other]).toEqual([metric, ...figures.map(near)]);
  }
  expect(sides[0]?.pairing).toMatchObject({ paired: true, shared: 24, base: 24, other: 24 });
});

test('rewards are accuracy and half a point for the form, wherever they are added up', async () => {
  const plain = await readPlain();
  const { slices: compared } = await readComparison(project.owner, slices, wholeSlices);
  const { rows } = await pool.query(
    `SELECT turn.k, stage, count(reward)::int AS n FROM rollout JOIN iteration turn ON turn.id = iteration_id
     WHERE rollout.run_id = $1 AND accuracy IS NULL AND reward IS NOT NULL GROUP BY 1, 2`,
    [run.runId],
  );
  expect(rows).toEqual([]);
  for (const slice of compared) {
    const { value, n } = slice.figures.reward;
    expect([n, value]).toEqual([plain.get(nameOf(slice))?.scored, near((plain.get(nameOf(slice))?.reward ?? 0) / n)]);
  }
});

test('the points of the curves add up to their slices', async () => {
  const plain = await readPlain();
  for (const set of ['all', 'each'] as const) {
    const { curves } = await getCurves(project.owner, run.runId, { ...defaultChoice, set });
    const points = Map.groupBy(
      curves.flatMap((curve) => curve.points.map((point) => ({ name: nameOf(curve), point }))),
      ({ name }) => name,
    );
    expect(points.size).toBeGreaterThan(2);
    for (const [name, own] of points) {
      const sum = (of: (point: (typeof own)[number]['point']) => number) =>
        own.reduce((total, { point }) => total + of(point), 0);
      const of = plain.get(name);
      expect({
        rollouts: sum(({ rollouts }) => rollouts),
        scored: sum(({ accuracy }) => accuracy.n),
        accuracy: sum(({ accuracy }) => accuracy.sum),
        measured: sum(({ tokens }) => tokens.n),
        tokens: sum(({ tokens }) => tokens.sum),
        estimated: sum(({ estimated }) => estimated),
      }).toEqual({
        rollouts: of?.rollouts,
        scored: of?.scored,
        accuracy: near(of?.accuracy ?? -1),
        measured: of?.measured,
        tokens: near(of?.tokens ?? -1),
        estimated: of?.estimated,
      });
    }
  }
});

test('the lengths, whole and by right and wrong', async () => {
  const plain = await readPlain();
  const asked = { slices, narrow: wholeLengths, unit: 'tokens', scale: 'linear' } as const;
  const { series, slices: seen, accuracy } = await getLengths(project.owner, { ...asked, facet: null });
  const named = (at: number): string => {
    const slice = seen[at];
    return slice ? nameOf(slice) : '';
  };
  expect(
    Object.fromEntries(
      series.map(({ slice, n, estimated, uncounted, mean, bins, beyondEdges }) => [
        named(slice),
        [n, estimated, uncounted, mean, bins.reduce((sum, bin) => sum + bin.n, 0) + beyondEdges],
      ]),
    ),
  ).toEqual(
    perSlice(plain, ({ measured, estimated, rollouts, tokens }) => [
      measured,
      estimated,
      rollouts - measured,
      near(tokens / measured),
      measured,
    ]),
  );
  expect(
    Object.fromEntries(
      accuracy.map(({ slice, bins }) => [
        named(slice),
        [bins.reduce((sum, { n }) => sum + n, 0), bins.reduce((sum, { correct }) => sum + correct, 0)],
      ]),
    ),
  ).toEqual(perSlice(plain, ({ judged, correct }) => [judged, correct]));
  const byCorrect = await getLengths(project.owner, { ...asked, facet: 'correct' });
  const right = byCorrect.series.filter(({ value }) => value === 'yes');
  expect(Object.fromEntries(right.map(({ slice, n }) => [named(slice), n]))).toEqual(
    perSlice(plain, ({ correct }) => correct),
  );
});

test('what the findings say', async () => {
  const plain = await readPlain();
  const findings = await readFindings(project.owner, run.runId);
  const [first, last] = [plain.get('0 eval'), plain.get('2 eval')];
  const says = (topic: string) => findings.find((finding) => finding.topic === topic)?.says ?? '';
  const percent = (sum = 0, n = 1) => `${((100 * sum) / n).toFixed(1)} %`;
  expect(says('learning')).toContain(
    `${percent(first?.accuracy, first?.scored)} in Eval 0, ${percent(last?.accuracy, last?.scored)} in Eval 2`,
  );
  expect(says('consistent')).toContain(
    `${last?.inconsistent} of ${(last?.inconsistent ?? 0) + (last?.consistent ?? 0)} decided chains`,
  );
  expect(says('consistent')).toContain(`${percent(last?.rightConsistent, last?.judged)} are right and consistent`);
  expect(says('longer')).toContain(
    `${((first?.tokens ?? 0) / (first?.measured ?? 1)).toFixed(1)} in Eval 0, ${((last?.tokens ?? 0) / (last?.measured ?? 1)).toFixed(1)} in Eval 2`,
  );
  const eval0 = slices.find((slice) => nameOf(slice) === '0 eval');
  const link = new URLSearchParams(findings[0]?.comparison ?? '').getAll('slice');
  expect(link[0]).toBe(eval0 ? formatSlice(eval0) : '');
});

test('one more correction moves every one of them', async () => {
  const { rows } = await pool.query(
    `SELECT id FROM rollout WHERE run_id = $1 AND correct AND consistency = 'consistent' AND NOT corrected AND stage = 'grpo' LIMIT 1`,
    [run.runId],
  );
  const before = await readPlain();
  const { id: rolloutId } = z.object({ id: z.uuid() }).parse(rows[0]);
  await correctVerdict(project.owner, {
    decisionId: randomUUID(),
    rolloutId,
    correction: { check: 'accuracy', value: false },
    reason: 'it guessed',
  });
  const after = await readPlain();
  const sum = (plain: typeof before, of: keyof Figures) =>
    [...plain.values()].reduce((all, figures) => all + figures[of], 0);
  const { cells } = await getRunOverview(project.owner, run.runId);
  const { cells: benchmarks } = await getRunBenchmarks(project.owner, run.runId);
  const { slices: compared } = await readComparison(project.owner, slices, wholeSlices);
  const { curves } = await getCurves(project.owner, run.runId, defaultChoice);
  const moved = sum(before, 'correct') - 1;
  expect(sum(after, 'correct')).toBe(moved);
  expect(sumTallies(cells.map(({ tally }) => tally)).correct).toBe(moved);
  expect(compared.reduce((all, { figures }) => all + (figures.correct.count ?? 0), 0)).toBe(moved);
  expect(benchmarks.reduce((all, { rightConsistent }) => all + rightConsistent, 0)).toBe(
    sum(before, 'rightConsistent') - 1,
  );
  const accuracy = benchmarks.reduce((all, { accuracySum }) => all + accuracySum, 0);
  expect(accuracy).toBeCloseTo(sum(after, 'accuracy'), 3);
  const ofCurves = curves.flatMap(({ points }) => points).reduce((all, point) => all + point.accuracy.sum, 0);
  const stepped = [...after].filter(([name]) => curves.some((curve) => nameOf(curve) === name));
  expect(ofCurves).toBeCloseTo(
    stepped.reduce((all, [, figures]) => all + figures.accuracy, 0),
    3,
  );
});
