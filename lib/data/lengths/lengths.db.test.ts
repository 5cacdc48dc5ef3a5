import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { parseLengthSelection } from '@/lib/domain/lengths/selection';
import { getLengths } from './distribution';
import { getLengthExtremes } from './extremes';
import { getLengthPairs } from './pairs';
import { getLengthSteps } from './steps';
import { getLengthWithin } from './within';

const GROUPS = 40;
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;
let other: SeededRun;

const grpo = () => `slice=${run.runId}.0.grpo`;
const both = () => `${grpo()}&slice=${run.runId}.0.eval`;
const select = (query: string) => parseLengthSelection(new URLSearchParams(query));

/** Lengths by chance, the same every time; some rollouts without, some right and wrong, of two kinds. */
const scatter = async (runId: string) => {
  await pool.query(
    `UPDATE rollout SET think_tokens = CASE WHEN seq % 17 = 0 THEN NULL ELSE (hashint8(seq) & 1023) * (1 + seq % 3) END,
       think_words = hashint8(seq + 7) & 511, think_sentences = NULL, step = (hashint8((seq - 1) / 4) & 255),
       kind = CASE WHEN (seq - 1) / 4 % 3 = 0 THEN 'number' ELSE 'choice' END,
       correct = CASE WHEN seq % 13 = 0 THEN NULL ELSE hashint8(seq + 3) % 2 = 0 END,
       token_source = CASE WHEN seq % 5 = 0 THEN 'trainer' ELSE 'estimate' END
     WHERE run_id = $1`,
    [runId],
  );
  await pool.query(
    'UPDATE rollout_group g SET step = (SELECT min(step) FROM rollout WHERE group_id = g.id) WHERE run_id = $1',
    [runId],
  );
};

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: GROUPS });
  other = await seedRun(foreign, { groups: 4 });
  await seedGroups(project, run, run.questionIds.slice(0, 15), { stage: 'eval' });
  await Promise.all([scatter(run.runId), scatter(other.runId)]);
});

const ask = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await pool.query<T>(text, [run.runId, ...values])).rows;

describe('the distribution', () => {
  test.each([
    ['tokens', 'think_tokens', ''],
    ['words', 'think_words', ''],
    ['tokens of one kind', 'think_tokens', "AND kind = 'number'"],
    ['tokens of the wrong ones', 'think_tokens', 'AND correct = false'],
  ])('%s: every figure is that of plain SQL', async (name, column, where) => {
    const query = `${both()}${name === 'words' ? '&unit=words' : ''}${where.includes('number') ? '&kind=number' : ''}${
      where.includes('correct') ? '&correct=no' : ''
    }`;
    const found = await getLengths(project.owner, select(query));
    expect(found.slices.map(({ stage, runName }) => [stage, runName])).toEqual([
      ['grpo', 'seeded run'],
      ['eval', 'seeded run'],
    ]);
    for (const series of found.series) {
      const stage = found.slices[series.slice]?.stage;
      const [row] = await ask(
        `SELECT count(${column})::int AS n, (count(*) - count(${column}))::int AS uncounted, avg(${column})::float8 AS mean,
                min(${column}) AS shortest, max(${column}) AS longest,
                percentile_disc(ARRAY[0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) WITHIN GROUP (ORDER BY ${column}) AS q,
                (count(*) FILTER (WHERE token_source = 'estimate'))::int AS estimated
         FROM rollout WHERE run_id = $1 AND stage = $2 ${where}`,
        stage,
      );
      const { n, uncounted, mean, shortest, longest, quantiles, estimated } = series;
      expect({ n, uncounted, shortest, longest, q: Object.values(quantiles ?? {}) }).toEqual({
        n: expect.any(Number),
        uncounted: expect.any(Number),
        shortest: expect.any(Number),
        longest: expect.any(Number),
        q: expect.any(Array),
        ...Object.fromEntries(Object.entries(row ?? {}).filter(([key]) => key !== 'mean' && key !== 'estimated')),
      });
      expect(mean).toBeCloseTo(Number(Object(row).mean), 9);
      expect(estimated).toBe(name === 'words' ? 0 : Object(row).estimated);
      for (const [at, bin] of series.bins.entries()) {
        const [counted] = await ask(
          `SELECT count(*)::int AS n, (count(*) FILTER (WHERE correct))::int AS correct,
                  (count(*) FILTER (WHERE NOT correct))::int AS incorrect
           FROM rollout WHERE run_id = $1 AND stage = $2 ${where} AND ${column} >= $3 AND ${column} < $4`,
          stage,
          found.edges[at],
          found.edges[at + 1],
        );
        expect(bin).toEqual(counted);
      }
      const [points] = await ask<{ upto: number[] }>(
        `SELECT array_agg(upto ORDER BY length) AS upto FROM (
           SELECT length, (SELECT count(*)::int FROM rollout WHERE run_id = $1 AND stage = $2 ${where} AND ${column} <= length) AS upto
           FROM unnest($3::int[]) AS asked(length)) AS each`,
        stage,
        series.ecdf.map(({ length }) => length),
      );
      expect(series.ecdf.map(({ upto }) => upto)).toEqual(points?.upto);
    }
    for (const series of found.accuracy) {
      for (const { from, to, n, correct } of series.bins) {
        const [counted] = await ask(
          `SELECT count(correct)::int AS n, (count(*) FILTER (WHERE correct))::int AS correct
           FROM rollout WHERE run_id = $1 AND stage = $2 ${where} AND ${column} BETWEEN $3 AND $4`,
          found.slices[series.slice]?.stage,
          from,
          to,
        );
        expect({ n, correct }).toEqual(counted);
      }
    }
  });

  test.each([
    ['kind', 'kind', ['choice', 'number']],
    ['correct', "CASE correct WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END", ['yes', 'no', 'unknown']],
    ['consistency', 'consistency', ['consistent', 'inconsistent']],
    ['set', 'question_set_id::text', null],
  ])('by %s: values in the order of the list, their rollouts summing to all', async (facet, value, values) => {
    const { series, accuracy, names } = await getLengths(project.owner, select(`${grpo()}&facet=${facet}`));
    const counted = await ask<{ value: string; n: number }>(
      `SELECT ${value} AS value, count(think_tokens)::int AS n FROM rollout WHERE run_id = $1 AND stage = 'grpo' GROUP BY 1`,
    );
    expect(series.map((one) => one.value)).toEqual(values ?? [run.questionSetId]);
    expect(new Map(series.map((one) => [one.value, one.n]))).toEqual(new Map(counted.map((row) => [row.value, row.n])));
    if (facet === 'set') expect(names).toEqual({ [run.questionSetId]: 'seeded run questions' });
    if (facet === 'correct') expect(accuracy.map((one) => one.value)).toEqual([null]);
  });

  test('sentences that nobody counted are said to be uncounted', async () => {
    const { series, edges } = await getLengths(project.owner, select(`${grpo()}&unit=sentences`));
    expect(edges).toEqual([]);
    expect(series).toMatchObject([{ n: 0, uncounted: GROUPS * 4, quantiles: null }]);
  });
});

test('over steps: the quantiles of the rollouts between two steps', async () => {
  const { series, slices, width } = await getLengthSteps(project.owner, select(both()));
  expect(width).toBe(10);
  expect(series.map(({ slice }) => slices[slice]?.stage)).toEqual(['grpo', 'eval']);
  for (const { slice, points } of series) {
    for (const { from, to, n, p5, p25, p50, p75, p95 } of points) {
      const [row] = await ask(
        `SELECT count(think_tokens)::int AS n,
                percentile_disc(ARRAY[0.05, 0.25, 0.5, 0.75, 0.95]) WITHIN GROUP (ORDER BY think_tokens) AS q
         FROM rollout WHERE run_id = $1 AND stage = $2 AND step BETWEEN $3 AND $4`,
        slices[slice]?.stage,
        from,
        to,
      );
      expect({ n, q: [p5, p25, p50, p75, p95] }).toEqual(row);
      expect(Math.floor(from / width)).toBe(Math.floor(to / width));
    }
  }
  const [all] = await ask<{ n: number }>('SELECT count(think_tokens)::int AS n FROM rollout WHERE run_id = $1');
  expect(series.flatMap(({ points }) => points).reduce((sum, { n }) => sum + n, 0)).toBe(all?.n);
});

test('within a question: groups where the right ones are longer, and the sums of the regression', async () => {
  const { series } = await getLengthWithin(project.owner, select(`${grpo()}&correct=yes`));
  const rows = await ask<{ y: number; x: number; length: number; group_id: string }>(
    `SELECT group_id, correct::int AS y, log(2.0, greatest(think_tokens, 1))::float8 AS x, think_tokens AS length
     FROM rollout WHERE run_id = $1 AND stage = 'grpo' AND correct IS NOT NULL AND think_tokens IS NOT NULL`,
  );
  const mixed = [...Map.groupBy(rows, (row) => row.group_id).values()].filter(
    (group) => new Set(group.map(({ y }) => y)).size === 2,
  );
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const leads = mixed.map(
    (group) =>
      mean(group.filter(({ y }) => y === 1).map(({ length }) => length)) -
      mean(group.filter(({ y }) => y === 0).map(({ length }) => length)),
  );
  const products = mixed.map((group) => {
    const [x, y] = [mean(group.map((row) => row.x)), mean(group.map((row) => row.y))];
    return {
      xy: group.reduce((sum, row) => sum + (row.x - x) * (row.y - y), 0),
      xx: group.reduce((sum, row) => sum + (row.x - x) ** 2, 0),
    };
  });
  const sum = (pick: (one: { xy: number; xx: number }) => number) => products.reduce((all, one) => all + pick(one), 0);
  const sums = series[0]?.sums;
  expect(sums).toMatchObject({
    groups: mixed.length,
    longer: leads.filter((lead) => lead > 0).length,
    shorter: leads.filter((lead) => lead < 0).length,
    tied: leads.filter((lead) => lead === 0).length,
  });
  expect(sums?.xy).toBeCloseTo(
    sum(({ xy }) => xy),
    6,
  );
  expect(sums?.xx).toBeCloseTo(
    sum(({ xx }) => xx),
    6,
  );
  expect(sums?.xy2).toBeCloseTo(
    sum(({ xy }) => xy * xy),
    6,
  );
  expect(sums?.xyxx).toBeCloseTo(
    sum(({ xy, xx }) => xy * xx),
    6,
  );
  expect(sums?.xx2).toBeCloseTo(
    sum(({ xx }) => xx * xx),
    6,
  );
});

test('the longest and the shortest are those of plain SQL, with what they came to', async () => {
  const found = await getLengthExtremes(project.owner, select(both()));
  for (const [rows, order] of [
    [found.longest, 'DESC'],
    [found.shortest, 'ASC'],
  ] as const) {
    const plain = await ask<{ id: string }>(
      `SELECT id FROM rollout WHERE run_id = $1 AND think_tokens IS NOT NULL ORDER BY think_tokens ${order}, seq LIMIT 20`,
    );
    expect(rows.map(({ rolloutId }) => rolloutId)).toEqual(plain.map(({ id }) => id));
  }
  const evals = await getLengthExtremes(project.owner, select(`slice=${run.runId}.0.eval&kind=number`));
  const [longest] = await ask<{ id: string; think_tokens: number; correct: boolean }>(
    `SELECT id, think_tokens, correct FROM rollout WHERE run_id = $1 AND stage = 'eval' AND kind = 'number'
       AND think_tokens IS NOT NULL ORDER BY think_tokens DESC, seq LIMIT 1`,
  );
  expect(evals.longest[0]).toMatchObject({
    rolloutId: longest?.id,
    length: longest?.think_tokens,
    correct: longest?.correct,
    slice: 0,
  });
});

describe('pairs', () => {
  /** One pair of a group, by the place of its rollouts, and what became of it. */
  const pair = async (
    type: string,
    at: number,
    more: Partial<Record<'chosen' | 'rejected', number | null>>,
    state = 'approved',
  ) => {
    const rollouts = await db.rollout.findMany({
      where: { groupId: run.groupIds[at] ?? '' },
      orderBy: { sampleIndex: 'asc' },
      select: { id: true },
    });
    const id = (place: number | null) => (place === null ? null : (rollouts[place]?.id ?? null));
    const version = await db.run.findUniqueOrThrow({ where: { id: run.runId }, select: { verifierVersionId: true } });
    const reflection = type === 'reflection';
    return db.pair.create({
      data: {
        id: randomUUID(),
        projectId: project.projectId,
        runId: run.runId,
        iterationId: run.iterationId,
        groupId: run.groupIds[at] ?? '',
        questionId: run.questionIds[at] ?? '',
        verifierVersionId: version.verifierVersionId,
        type,
        rule: 'r',
        why: 'w',
        state,
        goodRolloutId: id(0),
        badRolloutId: id(1),
        chosenRolloutId: 'chosen' in more ? id(more.chosen ?? null) : reflection ? null : id(0),
        rejectedRolloutId: 'rejected' in more ? id(more.rejected ?? null) : id(1),
        edited: more.chosen === null,
      },
    });
  };
  const lengths = (at: number, ...tokens: readonly number[]) =>
    Promise.all(
      tokens.map((thinkTokens, place) =>
        db.rollout.updateMany({
          where: { groupId: run.groupIds[at] ?? '', sampleIndex: place + 1 },
          data: { thinkTokens },
        }),
      ),
    );
  const decide = async (pairId: string, decider: object) => {
    const act = await db.decision.create({
      data: { id: randomUUID(), projectId: project.projectId, pairId, action: 'approve', ...decider },
    });
    await db.pair.update({ where: { id: pairId }, data: { lastDecisionSeq: act.seq } });
  };

  test('are told apart by type, by what became of them and by whom; the composed and the edited compare to nothing', async () => {
    const person = { actorId: project.owner.userId };
    await lengths(0, 100, 50, 10, 50);
    const kept = await pair('accuracy', 0, {});
    const swapped = await pair('accuracy', 0, { chosen: 1, rejected: 0 });
    const replaced = await pair('accuracy', 0, { chosen: 2 });
    const edited = await pair('accuracy', 0, { chosen: null });
    const policy = await pair('accuracy', 0, {});
    await pair('penalty', 0, {}, 'proposed');
    const refused = await pair('accuracy', 0, {}, 'rejected');
    const reflection = await pair('reflection', 0, {});
    const replacedByTied = await pair('reflection', 0, { chosen: 3 });
    for (const one of [kept, swapped, replaced, edited, refused, reflection, replacedByTied])
      await decide(one.id, person);
    await decide(policy.id, { policy: 'policy:auto' });
    const { cells } = await getLengthPairs(project.owner, select(both()));
    const at = (longer: number, shorter: number, tied: number) => ({ longer, shorter, tied });
    const none = at(0, 0, 0);
    const cell = (type: string, fate: string, decider: string, proposed: object, now: object, pairs = 1) => ({
      slice: 0,
      type,
      fate,
      decider,
      pairs,
      proposed,
      now,
    });
    const one = at(1, 0, 0);
    expect(cells).toEqual([
      cell('accuracy', 'kept', 'person', one, one),
      cell('accuracy', 'kept', 'policy', one, one),
      cell('accuracy', 'rejected', 'person', one, one),
      // The replaced one is shorter now; the edited one is a text of its own.
      cell('accuracy', 'replaced', 'person', at(2, 0, 0), at(0, 1, 0), 2),
      cell('accuracy', 'swapped', 'person', one, at(0, 1, 0)),
      cell('penalty', 'undecided', 'nobody', one, one),
      cell('reflection', 'kept', 'person', none, none),
      cell('reflection', 'replaced', 'person', none, at(0, 0, 1)),
    ]);
    const narrowed = await getLengthPairs(project.owner, select(`${grpo()}&kind=text`));
    expect(narrowed.cells).toEqual([]);
  });
});

describe('somebody else', () => {
  test('every outsider is told nothing of a run, whichever part they ask', async () => {
    const people = await seedIdentities(project, foreign);
    for (const name of outsiders) {
      const viewer = people.get(name);
      if (!viewer) throw new Error(`nobody is called ${name}`);
      const selection = select(both());
      const nothing = [
        await getLengths(viewer, selection),
        await getLengthSteps(viewer, selection),
        await getLengthWithin(viewer, selection),
        await getLengthExtremes(viewer, selection),
        await getLengthPairs(viewer, selection),
      ];
      for (const answer of nothing) {
        const { slices, ...rest } = answer;
        expect([name, slices]).toEqual([name, []]);
        for (const part of Object.values(rest)) if (Array.isArray(part)) expect(part).toEqual([]);
      }
    }
  });

  test('a foreign slice is dropped, and the others keep their places', async () => {
    const mixed = select(`slice=${other.runId}.0.grpo&${grpo()}`);
    const { slices, series } = await getLengths(project.owner, mixed);
    expect(slices.map(({ runId }) => runId)).toEqual([run.runId]);
    expect(series).toMatchObject([{ slice: 0, uncounted: expect.any(Number) }]);
    expect(series[0]?.n).toBe((await getLengths(project.owner, select(grpo()))).series[0]?.n);
  });

  test('no slice at all is nothing', async () => {
    expect(await getLengths(project.owner, select(''))).toMatchObject({ slices: [], series: [], edges: [] });
    expect((await getLengthSteps(project.owner, select(''))).series).toEqual([]);
  });
});
