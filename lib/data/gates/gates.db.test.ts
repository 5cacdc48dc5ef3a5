import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { freezePairSet } from '@/lib/data/pair-sets/freeze';
import { getPairSetManifest } from '@/lib/data/pair-sets/read';
import { decidePair, undoLatest } from '@/lib/data/pairs/decide';
import { listPairHistory } from '@/lib/data/pairs/history';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { getPair } from '@/lib/data/pairs/view';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { isGateMet, pairsToReview } from '@/lib/domain/loop/gate';
import { type Gate, type PlanInput, planSchema } from '@/lib/domain/loop/plan';
import { parseManifest } from '@/lib/domain/pairs/manifest';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { approveRest } from './approve';
import { freezeByHand, requireHandsFree } from './hands';
import { readGate, readSample } from './read';
import { getReviewOverview, listReviewIds } from './review';

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
const sampled: Gate = { policy: 'review_sample', count: 20 };
const SEED = 11;
let project: SeededProject;
let foreign: SeededProject;

const propose = async (iterationId: string) =>
  proposeIterationPairs(await getProposalTarget(project.owner, iterationId), defaultPairSettings, 0, watch);

/** A run whose iteration waits at its gate with all pairs proposed. */
const waiting = async (gate: Gate, groups = 60): Promise<SeededRun> => {
  const run = await seedRun(project, { groups, name: `run ${randomUUID()}` });
  await propose(run.iterationId);
  const settings = {};
  const plan: PlanInput = {
    seed: SEED,
    sample: { questionSets: [run.questionSetId], settings },
    curate: { gate },
    align: { settings },
  };
  await db.iteration.update({
    where: { id: run.iterationId },
    data: { state: 'curate', plan: planSchema.parse(plan), proposedAt: new Date() },
  });
  return run;
};

const decide = (pairId: string, action: 'approve' | 'reject' | 'skip' | 'swap') =>
  decidePair(project.reviewer, { decisionId: randomUUID(), pairId, request: { action } });
const undo = (iterationId: string) => undoLatest(project.reviewer, { decisionId: randomUUID(), iterationId });
const allIds = async (iterationId: string): Promise<string[]> =>
  (await db.pair.findMany({ where: { iterationId }, select: { id: true }, orderBy: { seq: 'asc' } })).map(
    ({ id }) => id,
  );

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
});

describe('pairs to review', () => {
  test('review all: every pair, until the last is decided', async () => {
    const { iterationId } = await waiting({ policy: 'review_all' }, 1);
    const ids = await allIds(iterationId);
    for (const [at, id] of ids.entries()) {
      const status = await readGate(project.projectId, iterationId, { policy: 'review_all' }, SEED);
      expect(status).toMatchObject({ toReview: ids.length - at, toReviewInAll: ids.length });
      await decide(id, at % 2 ? 'approve' : 'reject');
    }
    expect(isGateMet(await readGate(project.projectId, iterationId, { policy: 'review_all' }, SEED))).toBe(true);
  });

  test('a sample: only its pairs count, and an undo or a skip leaves them undecided', async () => {
    const { iterationId } = await waiting(sampled);
    const status = () => readGate(project.projectId, iterationId, sampled, SEED);
    const { ids } = await readSample(project.projectId, iterationId, sampled, SEED);
    expect(await status()).toMatchObject({ toReview: 20, toReviewInAll: 20 });
    const outside = (await allIds(iterationId)).find((id) => !ids.includes(id)) ?? '';
    await decide(outside, 'approve');
    expect((await status()).toReview).toBe(20);
    await decide(ids[0] ?? '', 'approve');
    await decide(ids[1] ?? '', 'skip');
    expect((await status()).toReview).toBe(19);
    await undo(iterationId);
    await undo(iterationId);
    expect(await status()).toMatchObject({ toReview: 20, approved: 1 });
    expect((await readSample(project.projectId, iterationId, sampled, SEED)).ids).toEqual(ids);
  });

  test('a sample is kept as long as the pairs are the same, and drawn again when some come', async () => {
    const run = await waiting(sampled);
    const sample = async () => (await readSample(project.projectId, run.iterationId, sampled, SEED)).ids;
    const expected = async () => pairsToReview(sampled, await allIds(run.iterationId), SEED);
    const first = await sample();
    expect(first).toEqual(await expected());
    expect(await sample()).toBe(first);
    await seedGroups(project, run, run.questionIds, { sentences: 5 });
    await propose(run.iterationId);
    expect(await sample()).not.toEqual(first);
    expect(await sample()).toEqual(await expected());
  });

  test('nothing of another project', async () => {
    const { iterationId } = await waiting({ policy: 'review_all' }, 1);
    expect(await readGate(foreign.projectId, iterationId, { policy: 'review_all' }, SEED)).toEqual({
      toReview: 0,
      toReviewInAll: 0,
      proposed: 0,
      approved: 0,
      rejected: 0,
    });
    expect(await approveRest(foreign.projectId, iterationId, { policy: 'auto_approve' }, SEED)).toBe(0);
  });
});

describe('the policy', () => {
  test('approves nothing while the sample is undecided, and nothing ever under review all', async () => {
    const { iterationId } = await waiting(sampled, 10);
    expect(await approveRest(project.projectId, iterationId, sampled, SEED)).toBe(0);
    expect(await approveRest(project.projectId, iterationId, { policy: 'review_all' }, SEED)).toBe(0);
    expect(await db.decision.count({ where: { pair: { iterationId } } })).toBe(0);
  });

  test('approves the rest once, in its own name, and leaves what people decided', async () => {
    const { iterationId } = await waiting(sampled, 90);
    const { ids } = await readSample(project.projectId, iterationId, sampled, SEED);
    for (const id of ids) await decide(id, 'reject');
    const outside = (await allIds(iterationId)).filter((id) => !ids.includes(id));
    const [rejected = '', swapped = '', skipped = '', plain = ''] = outside;
    await decide(rejected, 'reject');
    await decide(swapped, 'swap');
    await decide(skipped, 'skip');
    const before = await getPair(project.owner, swapped);
    const total = (await allIds(iterationId)).length;
    expect(total).toBeGreaterThan(270); // more than a batch

    const counts = await Promise.all([1, 2].map(() => approveRest(project.projectId, iterationId, sampled, SEED)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total - 21);
    expect(await approveRest(project.projectId, iterationId, sampled, SEED)).toBe(0);
    expect(await readGate(project.projectId, iterationId, sampled, SEED)).toMatchObject({
      proposed: 0,
      approved: total - 21,
      rejected: 21,
    });
    expect(await db.decision.count({ where: { pair: { iterationId }, policy: { not: null } } })).toBe(total - 21);
    expect((await getPair(project.owner, rejected)).state).toBe('rejected');
    const after = await getPair(project.owner, swapped);
    expect(after).toMatchObject({ state: 'approved', chosen: before.chosen, rejected: before.rejected });
    expect((await listPairHistory(project.owner, plain)).map(({ who, action }) => [who, action])).toEqual([
      ['review a sample of 20', 'approve'],
    ]);

    await freezePairSet(project.owner, { iterationId });
    const { id } = await db.pairSet.findFirstOrThrow({ where: { iterationId }, select: { id: true } });
    const { reviewers } = parseManifest((await getPairSetManifest(project.owner, id)).text);
    expect(reviewers).toContainEqual({
      id: 'policy:review a sample of 20',
      name: 'review a sample of 20',
      decisions: total - 21,
    });
  });

  test('stopped in the middle, it goes on where it was and does nothing twice', async () => {
    const { iterationId } = await waiting({ policy: 'auto_approve' }, 90);
    const total = (await allIds(iterationId)).length;
    // The first batch commits, the second fails: as a kill between them leaves it.
    await pool.query(`CREATE FUNCTION stop_second() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT count(*) FROM decision WHERE policy IS NOT NULL AND project_id = NEW.project_id
          AND pair_id IN (SELECT id FROM pair WHERE iteration_id = '${iterationId}')) > 250 THEN
        RAISE EXCEPTION 'stopped'; END IF; RETURN NEW; END $$`);
    await pool.query('CREATE TRIGGER stop BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION stop_second()');
    await expect(approveRest(project.projectId, iterationId, { policy: 'auto_approve' }, SEED)).rejects.toThrow(
      'stopped',
    );
    await pool.query('DROP TRIGGER stop ON decision');
    expect(await db.pair.count({ where: { iterationId, state: 'approved' } })).toBe(250);
    expect(await approveRest(project.projectId, iterationId, { policy: 'auto_approve' }, SEED)).toBe(total - 250);
    expect(await db.decision.count({ where: { pair: { iterationId } } })).toBe(total);
  });

  test('a person may still decide after it, and is not overruled again', async () => {
    const { iterationId } = await waiting({ policy: 'auto_approve' }, 2);
    await approveRest(project.projectId, iterationId, { policy: 'auto_approve' }, SEED);
    const [id = ''] = await allIds(iterationId);
    await decide(id, 'reject');
    expect(await approveRest(project.projectId, iterationId, { policy: 'auto_approve' }, SEED)).toBe(0);
    expect((await getPair(project.owner, id)).state).toBe('rejected');
    expect((await undo(iterationId)).pair.state).toBe('approved');
    await expect(undo(iterationId)).rejects.toMatchObject({ code: 'conflict' }); // the policy's act is nobody's to undo
  });
});

describe('the queue', () => {
  test('shows the sample first while the gate waits for it, every pair once', async () => {
    const { iterationId } = await waiting(sampled, 90);
    const { ids } = await readSample(project.projectId, iterationId, sampled, SEED);
    const read = async (): Promise<string[]> => {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await listReviewIds(project.reviewer, iterationId, { state: 'proposed' }, after);
        seen.push(...page.ids);
        after = page.next ?? undefined;
      } while (after);
      return seen;
    };
    const seen = await read();
    expect([...seen].sort()).toEqual([...(await allIds(iterationId))].sort());
    expect([...seen.slice(0, 20)].sort()).toEqual([...ids].sort());
    await decide(seen[0] ?? '', 'approve');
    await decide(seen[1] ?? '', 'skip');
    const next = await read();
    expect(next.slice(0, 19)).toEqual([...seen.slice(2, 20), seen[1]]);
    await db.iteration.update({ where: { id: iterationId }, data: { state: 'done' } });
    expect((await read()).slice(0, 19)).not.toEqual(next.slice(0, 19));
  });

  test('says how far the gate is; nothing for imported iterations and for strangers', async () => {
    const { iterationId } = await waiting(sampled, 30);
    const { gate } = await getReviewOverview(project.reviewer, iterationId);
    expect(gate).toMatchObject({ gate: sampled, state: 'curate', iterationId, k: 0, pairSet: null });
    expect(gate?.status).toMatchObject({ toReview: 20, toReviewInAll: 20 });
    await db.iteration.update({ where: { id: iterationId }, data: { proposedAt: null } });
    expect((await getReviewOverview(project.reviewer, iterationId)).gate?.status).toBeNull();
    const imported = await seedRun(project, { groups: 1, name: 'imported' });
    expect((await getReviewOverview(project.reviewer, imported.iterationId)).gate).toBeNull();
    await expect(getReviewOverview(foreign.owner, iterationId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listReviewIds(foreign.owner, iterationId, {})).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('hands', () => {
  let run: SeededRun;
  beforeEach(async () => {
    run = await waiting(sampled, 1);
  });

  const freeze = () => freezeByHand(project.owner, { iterationId: run.iterationId, leaveUndecided: true });

  test.each(['grpo', 'verify', 'curate'])('may neither propose nor freeze in %s', async (state) => {
    await db.iteration.update({ where: { id: run.iterationId }, data: { state } });
    const [id = ''] = await allIds(run.iterationId);
    await decide(id, 'approve');
    await expect(freeze()).rejects.toThrow('The loop freezes the pairs of this iteration itself');
    expect(await db.pairSet.count({ where: { iterationId: run.iterationId } })).toBe(0);
    await expect(requireHandsFree(project.owner, run.iterationId, 'propose')).rejects.toThrow(
      'The loop proposes the pairs of this iteration itself',
    );
  });

  test.each(['imported', 'dpo', 'eval', 'done', 'failed', 'cancelled'])('are free in %s', async (state) => {
    await db.iteration.update({ where: { id: run.iterationId }, data: { state } });
    const [id = ''] = await allIds(run.iterationId);
    await decide(id, 'approve');
    await expect(freeze()).resolves.toMatchObject({ number: expect.any(Number) });
    await expect(requireHandsFree(project.owner, run.iterationId, 'propose')).resolves.toBeUndefined();
  });

  test('strangers find nothing', async () => {
    await expect(requireHandsFree(foreign.owner, run.iterationId, 'freeze')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('held-out questions', () => {
  test('are never proposed from', async () => {
    const run = await seedRun(project, { groups: 3, name: 'with an evaluation' });
    const evalGroups = await seedGroups(project, run, run.questionIds, { stage: 'eval' });
    const { result } = await propose(run.iterationId);
    expect(result.groups).toBe(3);
    expect(await db.pair.count({ where: { iterationId: run.iterationId } })).toBeGreaterThan(0);
    expect(await db.pair.count({ where: { groupId: { in: evalGroups } } })).toBe(0);
  });

  test('with nothing else verified, there is nothing to propose from', async () => {
    const run = await seedRun(project, { groups: 2, name: 'evaluation only', stage: 'eval' });
    await expect(getProposalTarget(project.owner, run.iterationId)).rejects.toThrow('no evaluation');
    const overview = await getReviewOverview(project.owner, run.iterationId);
    expect(overview).toMatchObject({ hasRollouts: false, hasVerified: false });
  });
});
