import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { decidePair, undoLatest } from './decide';
import { listPairHistory } from './history';
import { getProposalTarget } from './proposal-target';
import { proposeIterationPairs } from './propose';
import { getPairOverview, listPairIds } from './queue';
import { getPair, listPairSamples } from './view';

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

const propose = async (seed = 0) =>
  proposeIterationPairs(await getProposalTarget(project.owner, run.iterationId), defaultPairSettings, seed, watch);

const decide = (
  viewer: Viewer,
  pairId: string,
  action: 'approve' | 'reject' | 'swap' | 'skip',
  decisionId: string = randomUUID(),
) => decidePair(viewer, { decisionId, pairId, request: { action } });
const undo = (viewer: Viewer, decisionId: string = randomUUID()) =>
  undoLatest(viewer, { decisionId, iterationId: run.iterationId });

/** The first pairs of the queue that nobody decided, `count` of them. */
const freshPairs = async (count: number): Promise<string[]> => {
  const { ids } = await listPairIds(project.owner, run.iterationId, { state: 'proposed' });
  return ids.slice(0, count);
};
const freshPair = async (): Promise<string> => {
  const [id] = await freshPairs(1);
  if (!id) throw new Error('the queue is empty');
  return id;
};

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 70 });
});

describe('proposing', () => {
  test('again, with the same seed, adds nothing and leaves decided pairs alone', async () => {
    const first = await propose();
    expect(first.state).toBe('done');
    expect(first.result.groups).toBe(70);
    expect(first.result.added).toBe(first.result.proposed);
    expect(first.result.added).toBeGreaterThan(140);
    const id = await freshPair();
    await decide(project.reviewer, id, 'approve');
    const again = await propose();
    expect(again.result).toEqual({ ...first.result, added: 0 });
    expect((await getPair(project.owner, id)).state).toBe('approved');
    await undo(project.reviewer);
  });

  test('stopped before it began, it has added nothing', async () => {
    const target = await getProposalTarget(project.owner, run.iterationId);
    const stopped = await proposeIterationPairs(target, defaultPairSettings, 1, {
      ...watch,
      signal: AbortSignal.abort(),
    });
    expect(stopped).toEqual({ state: 'cancelled', result: { groups: 0, proposed: 0, added: 0, withdrawn: 0 } });
  });

  test('reviewers and strangers may not', async () => {
    await expect(getProposalTarget(project.reviewer, run.iterationId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getProposalTarget(foreign.owner, run.iterationId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the queue', () => {
  test('is read page by page, every pair once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listPairIds(project.owner, run.iterationId, {}, after);
      seen.push(...page.ids);
      after = page.next ?? undefined;
    } while (after);
    const { counts } = await getPairOverview(project.owner, run.iterationId);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(counts.reduce((sum, { count }) => sum + count, 0));
  });

  test('shows a skipped pair last and an undone skip first again', async () => {
    const id = await freshPair();
    await decide(project.reviewer, id, 'skip');
    expect(await freshPairs(1)).not.toEqual([id]);
    await undo(project.reviewer);
    expect(await freshPairs(1)).toEqual([id]);
  });

  test('narrows to a type', async () => {
    const { ids } = await listPairIds(project.owner, run.iterationId, { type: 'consistency' });
    const types = await db.pair.findMany({ where: { id: { in: ids } }, distinct: ['type'], select: { type: true } });
    expect(types).toEqual([{ type: 'consistency' }]);
  });

  test('refuses a cursor that is none of ours', async () => {
    await expect(listPairIds(project.owner, run.iterationId, {}, "0.0.'")).rejects.toMatchObject({ code: 'invalid' });
  });

  test('is not there for strangers', async () => {
    await expect(listPairIds(foreign.owner, run.iterationId, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(getPairOverview(foreign.owner, run.iterationId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('deciding', () => {
  test('the same id twice, also at once, is one decision', async () => {
    const id = await freshPair();
    const decisionId = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => decide(project.reviewer, id, 'approve', decisionId)));
    expect(answers.map(({ pair }) => pair.state)).toEqual(['approved', 'approved', 'approved']);
    expect(await db.decision.count({ where: { pairId: id, id: decisionId } })).toBe(1);
  });

  test('an id that names another decision is refused', async () => {
    const [first, second] = await freshPairs(2);
    const decisionId = randomUUID();
    await decide(project.reviewer, first ?? '', 'approve', decisionId);
    await expect(decide(project.reviewer, second ?? '', 'approve', decisionId)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(decide(project.owner, first ?? '', 'approve', decisionId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('two people at once: both acts stand in the history, and the row is their fold', async () => {
    const id = await freshPair();
    await Promise.all([decide(project.owner, id, 'approve'), decide(project.reviewer, id, 'reject')]);
    const history = await listPairHistory(project.owner, id);
    expect(history.map(({ action }) => action).sort()).toEqual(['approve', 'reject']);
    expect((await getPair(project.owner, id)).state).toBe(
      history.at(-1)?.action === 'approve' ? 'approved' : 'rejected',
    );
  });

  test('swap, replace and edit change the texts, and undo walks back to the proposal', async () => {
    const id = await freshPair();
    const before = await getPair(project.reviewer, id);
    await decide(project.reviewer, id, 'swap');
    const swapped = await getPair(project.reviewer, id);
    expect(swapped.chosen).toEqual(before.rejected);

    const other = (await listPairSamples(project.reviewer, id)).find(
      ({ rolloutId }) => rolloutId !== swapped.chosen.rolloutId && rolloutId !== swapped.rejected.rolloutId,
    );
    const replaced = await decidePair(project.reviewer, {
      decisionId: randomUUID(),
      pairId: id,
      request: { action: 'replace_chosen', rolloutId: other?.rolloutId ?? '' },
    });
    expect(replaced.pair.chosen).toEqual({ rolloutId: other?.rolloutId, text: other?.text });

    const edited = await decidePair(project.reviewer, {
      decisionId: randomUUID(),
      pairId: id,
      request: { action: 'edit', side: 'rejected', text: 'Other\0 words' },
    });
    expect(edited.pair).toMatchObject({ edited: true, rejected: { rolloutId: null, text: 'Other\ufffd words' } });

    const undone = [await undo(project.reviewer), await undo(project.reviewer), await undo(project.reviewer)];
    expect(undone.map((answer) => answer.undone)).toEqual(['edit', 'replace_chosen', 'swap']);
    expect({ ...(await getPair(project.reviewer, id)), recentActs: [] }).toEqual(before);
  });

  test('a sample of another question cannot come in', async () => {
    const [first, second] = await freshPairs(200);
    const id = first ?? '';
    const group = (await getPair(project.owner, id)).groupId;
    const stranger = await db.rollout.findFirstOrThrow({ where: { groupId: { not: group } }, select: { id: true } });
    expect(second).toBeDefined();
    const request = { action: 'replace_chosen', rolloutId: stranger.id } as const;
    await expect(decidePair(project.owner, { decisionId: randomUUID(), pairId: id, request })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('strangers find no pair, and nothing to undo', async () => {
    const id = await freshPair();
    await expect(decide(foreign.owner, id, 'approve')).rejects.toMatchObject({ code: 'not_found' });
    await expect(getPair(foreign.owner, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listPairSamples(foreign.owner, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listPairHistory(foreign.owner, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(undo(foreign.owner)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('undo', () => {
  test('takes back the own latest act across pairs, once per id', async () => {
    const [first = '', second = ''] = await freshPairs(2);
    await decide(project.reviewer, first, 'approve');
    await decide(project.reviewer, second, 'reject');
    const decisionId = randomUUID();
    const once = await undo(project.reviewer, decisionId);
    const twice = await undo(project.reviewer, decisionId);
    expect(once).toMatchObject({ undone: 'reject', pair: { id: second, state: 'proposed' } });
    expect(twice).toEqual(once);
    expect(await undo(project.reviewer)).toMatchObject({ undone: 'approve', pair: { id: first } });
  });

  test('passes over acts that somebody else acted upon since', async () => {
    const [first = '', second = ''] = await freshPairs(2);
    await decide(project.reviewer, first, 'approve');
    await decide(project.reviewer, second, 'approve');
    await decide(project.owner, second, 'reject');
    expect((await undo(project.reviewer)).pair.id).toBe(first);
    expect((await getPair(project.owner, second)).state).toBe('rejected');
    expect((await undo(project.owner)).pair).toMatchObject({ id: second, state: 'approved' });
    expect((await undo(project.reviewer)).pair).toMatchObject({ id: second, state: 'proposed' });
  });

  test('several at once take back several acts', async () => {
    const ids = await freshPairs(3);
    for (const id of ids) await decide(project.reviewer, id, 'approve');
    const undone = await Promise.all([undo(project.reviewer), undo(project.reviewer), undo(project.reviewer)]);
    expect(new Set(undone.map(({ pair }) => pair.id))).toEqual(new Set(ids));
  });
});
