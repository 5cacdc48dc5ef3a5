import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { listRollouts } from '@/lib/data/rollouts/list';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { quadrantFacets, quadrantParts } from '@/lib/domain/outcomes/quadrant';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { emptyFilter } from '@/lib/domain/rollouts/filter';
import { getOutcomes } from './outcomes';

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

/** Standings as verdicts leave them, spread over the rollouts so that every part has some. */
const spread = [
  [true, 'consistent', true],
  [true, 'inconsistent', true],
  [true, 'inconsistent', false],
  [false, 'consistent', true],
  [false, 'inconsistent', true],
  [true, 'undetermined', true],
  [false, 'undetermined', false],
  [null, 'consistent', true],
  [null, 'undetermined', false],
  [null, null, null],
] as const;

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 23 });
});

describe('before anything is decided', () => {
  test('pairs are counted by type, over the groups that pairs come from', async () => {
    const target = await getProposalTarget(project.owner, run.iterationId);
    await proposeIterationPairs(target, defaultPairSettings, 0, watch);
    await db.rolloutGroup.updateMany({ where: { id: run.groupIds[0] ?? '' }, data: { stage: 'eval' } });
    const { pairs, decisions } = await getOutcomes(project.owner, run.runId);
    const { rows } = await pool.query(
      'SELECT type, count(*)::int AS pairs FROM pair WHERE run_id = $1 GROUP BY type ORDER BY type',
      [run.runId],
    );
    expect(
      pairs.yields.map(({ type, pairs: count }) => ({ type, pairs: count })).sort((a, b) => (a.type < b.type ? -1 : 1)),
    ).toEqual(rows);
    expect(rows.length).toBeGreaterThan(1);
    expect(pairs.groups).toEqual([{ iterationId: run.iterationId, k: 0, groups: 22 }]);
    expect(
      pairs.yields.every(
        (each) => each.undecided === each.pairs && each.approved + each.rejected + each.edited + each.frozen === 0,
      ),
    ).toBe(true);
    expect(decisions.acts).toEqual([]);
    expect(decisions.standing.every(({ by, outcome }) => by === null && outcome === 'undecided')).toBe(true);
  });

  test('a frozen pair is counted once, in however many sets it stands', async () => {
    const two = await db.pair.findMany({
      where: { runId: run.runId },
      take: 2,
      orderBy: { seq: 'asc' },
      select: { id: true, questionId: true, type: true },
    });
    for (const number of [1, 2]) {
      const place = { projectId: project.projectId, runId: run.runId, iterationId: run.iterationId };
      const set = await db.pairSet.create({
        data: { id: randomUUID(), ...place, number, pairCount: 2, sha256: `s${number}`, manifest: {} },
      });
      await db.pairSetItem.createMany({
        data: two.map(({ id, questionId, type }, position) => ({
          pairSetId: set.id,
          position,
          pairId: id,
          questionId,
          type,
          chosen: 'a',
          rejected: 'b',
        })),
      });
    }
    const { pairs } = await getOutcomes(project.owner, run.runId);
    expect(pairs.yields.reduce((sum, { frozen }) => sum + frozen, 0)).toBe(2);
  });
});

describe('accuracy × consistency', () => {
  beforeAll(async () => {
    const rollouts = await db.rollout.findMany({
      where: { runId: run.runId },
      orderBy: { seq: 'asc' },
      select: { id: true },
    });
    await Promise.all(
      spread.map(([correct, consistency, wellFormed], at) =>
        db.rollout.updateMany({
          where: { id: { in: rollouts.filter((_, index) => index % spread.length === at).map(({ id }) => id) } },
          data: { correct, consistency, wellFormed },
        }),
      ),
    );
    // The last ten are evaluations of the same iteration.
    await db.rollout.updateMany({
      where: { id: { in: rollouts.slice(-10).map(({ id }) => id) } },
      data: { stage: 'eval' },
    });
  });

  test('each slice adds up to its rollouts, and each part to what plain SQL counts', async () => {
    const { quadrants } = await getOutcomes(project.owner, run.runId);
    const { rows } = await pool.query(
      `SELECT stage, count(*)::int AS rollouts,
         count(*) FILTER (WHERE correct AND consistency = 'consistent')::int AS "rightConsistent",
         count(*) FILTER (WHERE correct AND consistency = 'inconsistent')::int AS "rightInconsistent",
         count(*) FILTER (WHERE NOT correct AND consistency = 'consistent')::int AS "wrongConsistent",
         count(*) FILTER (WHERE NOT correct AND consistency = 'inconsistent')::int AS "wrongInconsistent",
         count(*) FILTER (WHERE correct IS NOT NULL AND consistency = 'undetermined' AND well_formed)::int AS undetermined,
         count(*) FILTER (WHERE correct IS NOT NULL AND consistency = 'undetermined' AND NOT well_formed)::int AS malformed,
         count(*) FILTER (WHERE correct IS NULL AND consistency IS NOT NULL)::int AS "noTruth",
         count(*) FILTER (WHERE consistency IS NULL)::int AS unread
       FROM rollout WHERE run_id = $1 GROUP BY stage ORDER BY stage DESC`,
      [run.runId],
    );
    expect(quadrants.map(({ stage, rollouts, parts }) => ({ stage, rollouts, ...parts }))).toEqual(rows);
    expect(quadrants.map(({ stage }) => stage)).toEqual(['grpo', 'eval']);
    for (const { rollouts, parts } of quadrants) {
      expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(rollouts);
      expect(Object.values(parts).every((count) => count > 0)).toBe(true);
    }
  });

  test.each(quadrantParts)('the list behind %s holds as many', async (part) => {
    const [grpo] = (await getOutcomes(project.owner, run.runId)).quadrants;
    const facets = { ...emptyFilter.facets, iteration: ['0'], stage: ['grpo'], ...quadrantFacets[part] };
    const filter = { ...emptyFilter, run: [run.runId], facets };
    const page = await listRollouts(project.owner, filter, { sort: 'newest', cursor: undefined, limit: 100 });
    expect(page.rows).toHaveLength(grpo?.parts[part] ?? -1);
  });
});

test('a stranger finds no run, and a token of another project neither', async () => {
  await expect(getOutcomes(foreign.owner, run.runId)).rejects.toMatchObject({ code: 'not_found' });
  const token = { userId: project.owner.userId, projectId: foreign.projectId };
  await expect(getOutcomes(token, run.runId)).rejects.toMatchObject({ code: 'not_found' });
});
