import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { freezePairSet } from '@/lib/data/pair-sets/freeze';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { pairTypes } from '@/lib/domain/pair';
import { holds } from '@/lib/domain/pairs/holds';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { standings } from '@/lib/domain/verifier/what-if/standing-code';
import { decidePair, undoLatest } from './decide';
import { getProposalTarget } from './proposal-target';
import { proposeIterationPairs } from './propose';
import { getPairOverview, listPairIds } from './queue';
import { isStale, staleJoins } from './stale';
import { getPair } from './view';

describe('the rule in SQL', () => {
  /** Everywhere the length rule turns, and the sum of a reflection: 150 to 100 holds, 149 does not. */
  const lengths = [
    [150, 100],
    [149, 100],
    [4000, 97],
    [100, 100],
  ] as const;

  test.each(pairTypes)('%s says what the domain says, of every two standings', async (type) => {
    // Common table expressions hide the tables of the same name: the very expressions are asked.
    const { rows } = await pool.query<{ stale: string }>(
      `WITH side AS (
         SELECT (at - 1)::int AS at, (s ->> 'correct')::bool AS correct, (s ->> 'wellFormed')::bool AS well_formed,
                s ->> 'consistency' AS consistency, (s ->> 'repetitive')::bool AS repetitive,
                s ->> 'lengthClass' AS length_class
         FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS given (s, at)
       ), length AS (SELECT (at - 1)::int AS at, (l ->> 0)::int AS good, (l ->> 1)::int AS bad
                     FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS given (l, at)),
       rollout AS (
         SELECT format('g%s-%s', length.at, side.at) AS id, side.*, length.good AS think_tokens FROM side, length
         UNION ALL
         SELECT format('b%s-%s', length.at, side.at), side.*, length.bad FROM side, length
       ), pair AS (
         SELECT $1::text AS type, false AS edited, '{}'::jsonb AS terms, length.at AS l, g.at AS g, b.at AS b,
                format('g%s-%s', length.at, g.at) AS good_rollout_id, format('b%s-%s', length.at, b.at) AS bad_rollout_id,
                CASE WHEN $1 <> 'reflection' THEN format('g%s-%s', length.at, g.at) END AS chosen_rollout_id,
                format('b%s-%s', length.at, b.at) AS rejected_rollout_id
         FROM length, side g, side b
       )
       SELECT string_agg(CASE WHEN ${isStale} THEN '1' ELSE '0' END, '' ORDER BY p.l, p.g, p.b) AS stale
       FROM pair p ${staleJoins}`,
      [type, JSON.stringify(standings), JSON.stringify(lengths)],
    );
    const expected = lengths
      .flatMap(([long, short]) =>
        standings.flatMap((good) =>
          standings.map((bad) => {
            const [a, b] = [
              { standing: good, thinkTokens: long },
              { standing: bad, thinkTokens: short },
            ];
            return holds(type, a, b, defaultPairSettings) ? '0' : '1';
          }),
        ),
      )
      .join('');
    expect(rows[0]?.stale === expected).toBe(true);
    expect(expected).toContain('0');
  });
});

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

const propose = async () =>
  (await proposeIterationPairs(await getProposalTarget(project.owner, run.iterationId), defaultPairSettings, 0, watch))
    .result;
const pairsOf = (type: string) =>
  db.pair.findMany({ where: { iterationId: run.iterationId, type }, orderBy: { seq: 'asc' } });
const firstOf = async (type: string) => {
  const [pair] = await pairsOf(type);
  if (!pair) throw new Error(`there is no ${type} pair`);
  return pair;
};
const staleIds = async (): Promise<string[]> =>
  (await listPairIds(project.owner, run.iterationId, { stale: 'yes' })).ids;
const staleCount = async (): Promise<number> =>
  (await getPairOverview(project.owner, run.iterationId)).stale.reduce((sum, { count }) => sum + count, 0);
const act = (pairId: string, action: 'approve' | 'skip' | 'swap') =>
  decidePair(project.reviewer, { decisionId: randomUUID(), pairId, request: { action } });
const setRepetitive = (repetitive: boolean) =>
  db.rollout.updateMany({ where: { iterationId: run.iterationId, sampleIndex: 1 }, data: { repetitive } });

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
});
beforeEach(async () => {
  run = await seedRun(project, { groups: 4, name: randomUUID() });
  await propose();
});

describe('a pair', () => {
  test('is stale while a verdict that carries it is gone, and fresh when it comes back', async () => {
    expect(await staleIds()).toEqual([]);
    await setRepetitive(true);
    const ids = await staleIds();
    expect(ids.length).toBeGreaterThan(0);
    expect(await staleCount()).toBe(ids.length);
    for (const id of ids) {
      const { stale } = await getPair(project.owner, id);
      expect(stale).toMatch(/^the (chosen chain|chain that ends it|rejected chain) .* under version \d+$/);
    }
    await setRepetitive(false);
    expect(await staleIds()).toEqual([]);
    expect((await getPair(project.owner, ids[0] ?? '')).stale).toBeNull();
  });

  test('the list and its own page agree on every one', async () => {
    await setRepetitive(true);
    const stale = new Set(await staleIds());
    const { ids } = await listPairIds(project.owner, run.iterationId, {});
    for (const id of ids) expect((await getPair(project.owner, id)).stale !== null).toBe(stale.has(id));
  });

  test('knows whose thinking ends its reflection', async () => {
    const reflection = await firstOf('reflection');
    expect(reflection.chosenRolloutId).toBeNull();
    await db.rollout.updateMany({
      where: { id: reflection.goodRolloutId ?? '' },
      data: { consistency: 'inconsistent' },
    });
    expect((await getPair(project.owner, reflection.id)).stale).toMatch(
      /^the chain that ends it is no longer consistent/,
    );
  });

  test('that a person swapped stands on that person’s word, until the swap is undone', async () => {
    const pair = await firstOf('accuracy');
    await act(pair.id, 'swap');
    await db.rollout.updateMany({ where: { id: pair.goodRolloutId ?? '' }, data: { correct: false } });
    expect((await getPair(project.owner, pair.id)).stale).toBeNull();
    expect(await staleIds()).not.toContain(pair.id);
    await undoLatest(project.reviewer, { decisionId: randomUUID(), iterationId: run.iterationId });
    expect((await getPair(project.owner, pair.id)).stale).toMatch(/^the chosen chain is no longer correct/);
    expect(await staleIds()).toContain(pair.id);
  });
});

describe('proposing again', () => {
  test('withdraws what nobody touched, and keeps every decided and every skipped pair', async () => {
    const before = await listPairIds(project.owner, run.iterationId, {});
    await setRepetitive(true);
    const stale = await staleIds();
    const [approved = '', skipped = '', undone = '', ...untouched] = stale;
    expect(untouched.length).toBeGreaterThan(0);
    await act(approved, 'approve');
    await act(skipped, 'skip');
    await act(undone, 'approve');
    await undoLatest(project.reviewer, { decisionId: randomUUID(), iterationId: run.iterationId });
    expect((await propose()).withdrawn).toBe(untouched.length);
    expect(new Set(await staleIds())).toEqual(new Set([approved, skipped, undone]));
    expect((await getPair(project.owner, approved)).state).toBe('approved');
    // Again, nothing more; and the verdict back, they come back by the same names.
    expect(await propose()).toMatchObject({ added: 0, withdrawn: 0 });
    await setRepetitive(false);
    await propose();
    const { ids } = await listPairIds(project.owner, run.iterationId, {});
    expect(ids).toEqual(expect.arrayContaining(before.ids));
  });
});

describe('freezing', () => {
  test('leaves stale pairs out when asked to, and says so in the manifest', async () => {
    const { ids } = await listPairIds(project.owner, run.iterationId, {});
    for (const id of ids) await act(id, 'approve');
    await setRepetitive(true);
    const stale = await staleIds();
    const frozen = async (leaveStale: boolean) => {
      const { id } = await freezePairSet(project.owner, { iterationId: run.iterationId, leaveStale });
      const { pairCount, manifest } = await db.pairSet.findUniqueOrThrow({ where: { id } });
      return { pairCount, manifest };
    };
    const whole = await frozen(false);
    expect(whole.pairCount).toBe(ids.length);
    const fresh = await frozen(true);
    expect(fresh.pairCount).toBe(ids.length - stale.length);
    expect(fresh.manifest).toMatchObject({ filters: { stale: 'left out' } });
    // A frozen set never changes.
    expect(await db.pairSetItem.count({ where: { pairSet: { iterationId: run.iterationId } } })).toBe(
      whole.pairCount + fresh.pairCount,
    );
  });

  test('says when every approved pair is stale', async () => {
    const pair = await firstOf('accuracy');
    await act(pair.id, 'approve');
    await db.rollout.updateMany({ where: { id: pair.goodRolloutId ?? '' }, data: { correct: false } });
    const request = { iterationId: run.iterationId, leaveUndecided: true, leaveStale: true };
    await expect(freezePairSet(project.owner, request)).rejects.toThrow('Every approved pair is stale');
  });
});

test('strangers see no stale pairs', async () => {
  await expect(listPairIds(foreign.owner, run.iterationId, { stale: 'yes' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(getPairOverview(foreign.owner, run.iterationId)).rejects.toMatchObject({ code: 'not_found' });
});
