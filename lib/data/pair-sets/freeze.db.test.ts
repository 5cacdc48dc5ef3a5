import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { decidePair } from '@/lib/data/pairs/decide';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { listPairIds } from '@/lib/data/pairs/queue';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { pairFormats } from '@/lib/domain/formats/pair-export';
import { parseManifest } from '@/lib/domain/pairs/manifest';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { type ExportOptions, exportPairSet } from './export';
import { freezePairSet } from './freeze';
import { findPairSetByNumber, getPairSet, getPairSetManifest, listPairSets } from './read';

let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;
let ids: readonly string[];

const decide = (pairId: string, action: 'approve' | 'reject' | 'swap') =>
  decidePair(project.reviewer, { decisionId: randomUUID(), pairId, request: { action } });
const freeze = (leaveUndecided = true) =>
  freezePairSet(project.owner, { iterationId: run.iterationId, leaveUndecided });
const read = async (id: string, options: ExportOptions): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of (await exportPairSet(project.reviewer, id, options)).lines) lines.push(line);
  return lines;
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 6 });
  const target = await getProposalTarget(project.owner, run.iterationId);
  const watch = { signal: new AbortController().signal, onProgress: () => undefined };
  await proposeIterationPairs(target, defaultPairSettings, 0, watch);
  ids = (await listPairIds(project.owner, run.iterationId, {})).ids;
});

describe('freezing', () => {
  test('nothing approved is refused in words', async () => {
    await expect(freeze()).rejects.toThrow('No pair is approved yet: approve at least one before you freeze');
  });

  test('undecided pairs need a word', async () => {
    for (const id of ids.slice(0, 5)) await decide(id, 'approve');
    await decide(ids[5] ?? '', 'reject');
    await expect(freeze(false)).rejects.toThrow(`${ids.length - 6} pairs are still undecided`);
  });

  test('reviewers and strangers may not', async () => {
    const request = { iterationId: run.iterationId, leaveUndecided: true };
    await expect(freezePairSet(project.reviewer, request)).rejects.toMatchObject({ code: 'not_found' });
    await expect(freezePairSet(foreign.owner, request)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('takes the approved pairs, with a manifest whose sha256 can be recomputed', async () => {
    const { id, number } = await freeze();
    expect(number).toBe(1);
    const { text } = await getPairSetManifest(project.reviewer, id);
    const manifest = parseManifest(text);
    expect(manifest.pairs.map((pair) => pair.id)).toEqual([...ids.slice(0, 5)].sort());
    expect(manifest.reviewers).toEqual([{ id: project.reviewer.userId, name: 'Rui Reviewer', decisions: 5 }]);
    const detail = await getPairSet(project.reviewer, id);
    expect(detail).toMatchObject({ sha256: sha256(text), pairCount: 5, byModality: { video: 5, image: 0, text: 0 } });
    const items = await db.pairSetItem.findMany({ where: { pairSetId: id }, orderBy: { position: 'asc' } });
    expect(items.map((item) => sha256(item.chosen))).toEqual(manifest.pairs.map((pair) => pair.chosenSha256));
    expect(items.map((item) => sha256(item.rejected))).toEqual(manifest.pairs.map((pair) => pair.rejectedSha256));
  });

  test('a later decision changes the next set, never the frozen one', async () => {
    const id = await findPairSetByNumber(project.owner, 1);
    const before = await read(id, { format: 'trl' });
    await decide(ids[0] ?? '', 'swap');
    await decide(ids[1] ?? '', 'reject');
    expect(await read(id, { format: 'trl' })).toEqual(before);
    const next = await freeze();
    expect(next.number).toBe(2);
    expect(await read(next.id, { format: 'trl' })).toHaveLength(4);
  });

  test('two at once get two numbers', async () => {
    const sets = await Promise.all([freeze(), freeze(), freeze()]);
    expect(sets.map(({ number }) => number).sort()).toEqual([3, 4, 5]);
    expect((await listPairSets(project.reviewer)).map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  });

  test.each([
    ['pair_set', `UPDATE pair_set SET pair_count = 1`],
    ['pair_set', `UPDATE pair_set SET manifest = '{}'`],
    ['pair_set_item', `UPDATE pair_set_item SET chosen = ''`],
    ['decision', `UPDATE decision SET action = 'reject'`],
    ['pair_text', `UPDATE pair_text SET proposal = '{}'`],
  ])('%s rows never change: %s', async (table, sql) => {
    await expect(pool.query(sql)).rejects.toThrow(`${table} rows never change`);
  });
});

describe('exporting', () => {
  test.each(pairFormats)('%s: as many lines as counted, each a JSON object, the same bytes twice', async (format) => {
    const id = await findPairSetByNumber(project.owner, 1);
    const { count } = await exportPairSet(project.owner, id, { format });
    const lines = await read(id, { format });
    expect(lines).toHaveLength(count);
    for (const line of lines) expect(line.endsWith('\n') && JSON.parse(line).videos).toHaveLength(1);
    expect((await read(id, { format })).join('')).toBe(lines.join(''));
  });

  test('puts the media root before relative paths', async () => {
    const id = await findPairSetByNumber(project.owner, 1);
    const [line = ''] = await read(id, { format: 'ms-swift', mediaRoot: '/data/videos' });
    expect(JSON.parse(line).videos[0]).toMatch(/^\/data\/videos\/clips\/\d\.mp4$/);
  });

  test('strangers find no set', async () => {
    const id = await findPairSetByNumber(project.owner, 1);
    await expect(exportPairSet(foreign.owner, id, { format: 'trl' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getPairSet(foreign.owner, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getPairSetManifest(foreign.owner, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(findPairSetByNumber(foreign.owner, 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listPairSets(foreign.owner)).toEqual([]);
  });
});
