import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';
import { parseRolloutCursor, type RolloutCursor } from '@/lib/domain/rollouts/cursor';
import { readFacetCode } from '@/lib/domain/rollouts/facet-code';
import { countConsistency, countOf, deriveFacets } from '@/lib/domain/rollouts/facets';
import {
  facetNames,
  parseRolloutFilter,
  type RolloutFilter,
  type RolloutSort,
  rolloutSorts,
} from '@/lib/domain/rollouts/filter';
import { getRollout } from './detail';
import { getRolloutFacets } from './facets';
import { getGroup } from './group';
import { getNeighbours, listRollouts } from './list';
import { listGroups } from './list-groups';

const GROUPS = 30;
const ROLLOUTS = GROUPS * 4;
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

const filterOf = (query: string): RolloutFilter => parseRolloutFilter(new URLSearchParams(query));
const everything = filterOf('');

/** As the list shows it. */
const consistencyIn = async (viewer: Viewer, filter: RolloutFilter) =>
  countConsistency(deriveFacets((await getRolloutFacets(viewer, filter)).cube, filter));

/** All ids of a list, page by page. */
const readAll = async (viewer: Viewer, filter: RolloutFilter, sort: RolloutSort, limit: number): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: RolloutCursor | undefined;
  for (;;) {
    const page = await listRollouts(viewer, filter, { sort, cursor, limit });
    ids.push(...page.rows.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = parseRolloutCursor(page.nextCursor);
    if (!cursor) throw new Error('a list gave out a cursor that nobody can read');
  }
};

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: GROUPS });
  // A few that were never verified, and lengths and scores with ties.
  await pool.query(
    `UPDATE rollout SET think_tokens = seq % 7 * 10, reward = (seq % 3) / 2.0, repetition = (seq % 5) / 10.0,
       think_words = seq % 9 * 5, think_sentences = seq % 4 WHERE run_id = $1`,
    [run.runId],
  );
  await pool.query(
    `UPDATE rollout SET think_tokens = NULL, reward = NULL, repetition = NULL, well_formed = NULL, correct = NULL,
       consistency = NULL, repetitive = NULL, length_class = NULL WHERE run_id = $1 AND seq % 10 = 0`,
    [run.runId],
  );
});

describe('pages', () => {
  test.each(rolloutSorts)('%s: every row once, in order, those without a value last', async (sort) => {
    const ids = await readAll(project.owner, everything, sort, 7);
    expect(new Set(ids).size).toBe(ROLLOUTS);
    expect(ids.length).toBe(ROLLOUTS);
    const whole = await listRollouts(project.owner, everything, { sort, cursor: undefined, limit: 100 });
    expect(ids.slice(0, 100)).toEqual(whole.rows.map(({ id }) => id));
    if (sort === 'longest') {
      const tokens = whole.rows.flatMap(({ thinkTokens }) => (thinkTokens === null ? [] : [thinkTokens]));
      expect(tokens).toEqual(tokens.toSorted((a, b) => b - a));
    }
  });

  test.each(rolloutSorts)('%s: neighbours walk the same list both ways', async (sort) => {
    const ids = await readAll(project.owner, everything, sort, 50);
    for (const at of [0, 1, 59, 107, 108, ids.length - 1]) {
      expect(await getNeighbours(project.owner, ids[at] ?? '', everything, sort)).toEqual({
        previousId: ids[at - 1] ?? null,
        nextId: ids[at + 1] ?? null,
      });
    }
  });

  test('a page never holds more than a hundred rows', async () => {
    const page = await listRollouts(project.owner, everything, { sort: 'newest', cursor: undefined, limit: 10_000 });
    expect(page.rows.length).toBe(100);
  });

  test('a rollout that no longer passes the filter still has neighbours', async () => {
    const [wrong] = await readAll(project.owner, filterOf('correct=no'), 'newest', 100);
    const { previousId, nextId } = await getNeighbours(project.owner, wrong ?? '', filterOf('correct=yes'), 'newest');
    expect([previousId, nextId]).not.toEqual([null, null]);
  });
});

describe('filters', () => {
  test('every value of every facet finds as many rows as it is counted', async () => {
    const { cube } = await getRolloutFacets(project.owner, everything);
    const facets = deriveFacets(cube, everything);
    expect(facets.total).toBe(ROLLOUTS);
    for (const name of facetNames) {
      for (const { value, count } of facets.options[name]) {
        const found = await readAll(project.owner, filterOf(`${name}=${value}`), 'newest', 100);
        expect([name, value, found.length]).toEqual([name, value, count]);
      }
    }
  });

  test.each([
    ['a range of lengths', 'lengthMin=20&lengthMax=30'],
    ['a range of words', 'wordsMin=10&wordsMax=25'],
    ['a range of sentences', 'sentencesMin=1&sentencesMax=2'],
    ['a range of rewards', 'rewardMin=0.5'],
    ['a text', 'text=So the answer is C'],
    ['a text with the signs of LIKE', 'text=%25_'],
    ['a source', 'source=no such file'],
    ['a run that is not there', 'run=00000000-0000-4000-8000-000000000000'],
  ])('%s: counts and rows agree', async (_name, query) => {
    const filter = filterOf(query);
    const { cube } = await getRolloutFacets(project.owner, filter);
    const found = await readAll(project.owner, filter, 'newest', 100);
    expect(deriveFacets(cube, filter).total).toBe(found.length);
  });

  test('steps are those of the groups', async () => {
    const [first, second] = run.groupIds;
    await pool.query('UPDATE rollout_group SET step = 7 WHERE id = ANY($1)', [[first, second]]);
    await pool.query('UPDATE rollout SET step = 7 WHERE group_id = ANY($1)', [[first, second]]);
    const filter = filterOf(`step=7&run=${run.runId}`);
    const page = await listRollouts(project.owner, filter, { sort: 'newest', cursor: undefined, limit: 100 });
    expect(new Set(page.rows.map(({ groupId }) => groupId))).toEqual(new Set([first, second]));
    expect(page.rows).toHaveLength(8);
    const groups = await listGroups(project.owner, filter, { sort: 'newest', cursor: undefined, limit: 100 });
    expect(groups.rows).toHaveLength(2);
    const facets = deriveFacets((await getRolloutFacets(project.owner, filter)).cube, filter);
    expect(countOf(facets, 'stage', 'grpo')).toBe(8);
    const around = filterOf(`stepMin=5&stepMax=7&run=${run.runId}`);
    expect((await readAll(project.owner, around, 'oldest', 100)).toSorted()).toEqual(
      page.rows.map(({ id }) => id).toSorted(),
    );
    const inRange = await listGroups(project.owner, around, { sort: 'newest', cursor: undefined, limit: 100 });
    expect(inRange.rows).toEqual(groups.rows);
    expect(deriveFacets((await getRolloutFacets(project.owner, around)).cube, around).total).toBe(8);
    expect(await readAll(foreign.owner, filterOf('stepMin=7&stepMax=7'), 'newest', 100)).toEqual([]);
    expect(
      (await listRollouts(foreign.owner, filterOf('step=7'), { sort: 'newest', cursor: undefined, limit: 9 })).rows,
    ).toEqual([]);
  });

  test('the signs of LIKE are letters like any other', async () => {
    expect(await readAll(project.owner, filterOf('text=%25'), 'newest', 100)).toEqual([]);
    expect((await readAll(project.owner, filterOf('text=SO THE ANSWER'), 'newest', 100)).length).toBe(ROLLOUTS);
  });

  test("the database's facet codes say what its columns say", async () => {
    const rows = await db.rollout.findMany({
      where: { runId: run.runId },
      select: { facetCode: true, stage: true, kind: true, correct: true, consistency: true, lengthClass: true },
    });
    const word = (value: boolean | null) => (value === null ? 'unknown' : value ? 'yes' : 'no');
    for (const { facetCode, correct, consistency, lengthClass, stage, kind } of rows) {
      expect(readFacetCode(facetCode)).toMatchObject({
        stage,
        kind,
        correct: word(correct),
        consistency: consistency ?? 'unknown',
        lengthClass: lengthClass ?? 'unknown',
      });
    }
  });

  test('the inconsistency rate leaves its own filter out', async () => {
    const plain = await consistencyIn(project.owner, everything);
    expect(plain.inconsistent).toBeGreaterThan(0);
    expect(plain.rate.total).toBe(plain.consistent + plain.inconsistent);
    expect(await consistencyIn(project.owner, filterOf('consistency=inconsistent'))).toEqual(plain);
  });
});

describe('groups', () => {
  test('hold all their samples and mark those that pass', async () => {
    const spec = { sort: 'newest', cursor: undefined, limit: 100 } as const;
    const page = await listGroups(project.owner, filterOf('correct=no'), spec);
    expect(page.rows.length).toBeGreaterThan(0);
    for (const { samples, sampleCount } of page.rows) {
      expect(samples.length).toBe(sampleCount);
      expect(samples.some(({ matches }) => matches)).toBe(true);
      for (const { matches, correct } of samples) expect(matches).toBe(correct === false);
    }
  });

  test.each(['newest', 'oldest'] as const)('%s: every group once over all pages', async (sort) => {
    const ids: string[] = [];
    let cursor: RolloutCursor | undefined;
    do {
      const page = await listGroups(project.owner, everything, { sort, cursor, limit: 7 });
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor === null ? undefined : parseRolloutCursor(page.nextCursor);
    } while (cursor);
    expect(ids.toSorted()).toEqual(run.groupIds.toSorted());
  });

  test('one group with its chains', async () => {
    const group = await getGroup(project.reviewer, run.groupIds[0] ?? '');
    expect(group.chains.length).toBe(4);
    expect(group.chains[0]?.response).toContain('<think>');
    expect(group.question.truth).toBe('B');
  });
});

describe('a foreign person', () => {
  test('sees no row, no count, no neighbour', async () => {
    const [id] = await readAll(project.owner, everything, 'newest', 1);
    expect(await readAll(foreign.owner, everything, 'newest', 100)).toEqual([]);
    const asked = filterOf(`run=${run.runId}`);
    expect((await listGroups(foreign.owner, asked, { sort: 'newest', cursor: undefined, limit: 10 })).rows).toEqual([]);
    const { cube, setNames } = await getRolloutFacets(foreign.owner, asked);
    expect([cube.cells, setNames]).toEqual([[], {}]);
    expect(countOf(deriveFacets(cube, asked), 'kind', 'choice')).toBe(0);
    expect((await consistencyIn(foreign.owner, asked)).rate.total).toBe(0);
    expect(await getNeighbours(foreign.owner, id ?? '', everything, 'newest')).toEqual({
      previousId: null,
      nextId: null,
    });
  });

  test('opens neither a rollout nor a group', async () => {
    const [id] = await readAll(project.owner, everything, 'newest', 1);
    await expect(getRollout(foreign.owner, id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    await expect(getGroup(foreign.owner, run.groupIds[0] ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });
});

test.each([
  ['a fraction where whole numbers stand', 'longest', 3.5],
  ['less than the column can hold', 'highest-reward', 1e-320],
  ['the largest', 'most-repetitive', 2_147_483_647],
] as const)('a cursor made by hand fails in no cast: %s', async (_name, sort, value) => {
  const cursor = { value, seq: '1' };
  await expect(listRollouts(project.owner, everything, { sort, cursor, limit: 5 })).resolves.toHaveProperty('rows');
});
