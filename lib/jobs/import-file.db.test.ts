import { afterAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { createImport } from '@/lib/data/imports/create';
import { inspectFile } from '@/lib/data/imports/file';
import { getImport, listImports, listRefusals } from '@/lib/data/imports/read';
import { cancelTask } from '@/lib/data/tasks/cancel';
import { getTask, listTasks } from '@/lib/data/tasks/read';
import { closeSendingBoss } from './boss';
import { importJob } from './import-file';
import { importNow } from './import-now';
import { retryTask } from './queue';
import { chain, realData, rolloutLine, seedOwner, writeTestFile } from './testing';

afterAll(closeSendingBoss);

const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) =>
    rolloutLine(`q${Math.floor((from + at) / 8)}`, chain(at % 2 ? 'A' : 'B', `Chain ${from + at}.`)),
  );
const fileOf = (name: string, rows: readonly string[]) => writeTestFile(name, `${rows.join('\n')}\n`);
const stored = (name: string) => db.rollout.count({ where: { run: { name } } });

describe('importing again', () => {
  test.each([
    ['the same file', (rows: string[]) => rows, 0],
    ['the rows in another order', (rows: string[]) => rows.toReversed(), 0],
    ['a grown file', (rows: string[]) => [...rows, ...lines(16, 64)], 16],
    ['a file that lost its end', (rows: string[]) => rows.slice(0, 10), 0],
  ])('%s adds only what is missing', async (name, change, added) => {
    const owner = await seedOwner();
    const wanted = { run: `again ${name}`, source: 'trainer' };
    const first = await importNow(owner, await fileOf('first.ndjson', lines(64)), wanted);
    expect(first).toMatchObject({ rolloutsNew: 64, rolloutsKnown: 0, questionsNew: 8, refused: 0, complete: true });
    const again = await importNow(owner, await fileOf('again.ndjson', change(lines(64))), wanted);
    expect(again.rolloutsNew).toBe(added);
    expect(await stored(wanted.run)).toBe(64 + added);
  });

  test('the same bytes under the same names end at once and say so', async () => {
    const owner = await seedOwner();
    const file = await fileOf('twice.ndjson', lines(8));
    await importNow(owner, file, { run: 'bytes' });
    expect(await importNow(owner, file, { run: 'bytes' })).toMatchObject({ sameAs: 'twice.ndjson', rolloutsNew: 0 });
    const other = await importNow(owner, file, { run: 'bytes', source: 'a second sampling' });
    expect(other).toMatchObject({ sameAs: null, rolloutsNew: 8 });
  });

  test('a model that says the same twice has two samples, also the second time', async () => {
    const owner = await seedOwner();
    const row = rolloutLine('q', chain('B'));
    await importNow(owner, await fileOf('said.ndjson', [row, row]), { run: 'said', source: 's' });
    await importNow(owner, await fileOf('said2.ndjson', [row, row, row]), { run: 'said', source: 's' });
    expect(await stored('said')).toBe(3);
  });
});

describe('what cannot go in', () => {
  test('hostile and broken lines are refused by number, the rest goes in', async () => {
    const owner = await seedOwner();
    const rows = [
      rolloutLine('good', chain('B')),
      '{"veripo":1,"type":"rollout"',
      '{"__proto__":{"admin":true},"veripo":1,"type":"rollout"}',
      rolloutLine('nul', `${chain('B')}\0`),
      rolloutLine('half', 'x \\ud800 y').replace('\\\\ud800', '\\ud800'),
      rolloutLine('nan', chain('B'), { loggedReward: 'NaN' }),
      rolloutLine('tabs', 'a\tb\\N\n\\.\r<img onerror=x>'),
      rolloutLine('big', chain('B'), { totalTokens: 3e12, loggedReward: 1e300 }),
      rolloutLine('dup', chain('A'), { sampleKey: 'one' }),
      rolloutLine('dup', chain('B'), { sampleKey: 'one' }),
      '{"half',
    ];
    const result = await importNow(owner, await writeTestFile('hostile.ndjson', rows.join('\n')), { run: 'hostile' });
    const [row] = (await listImports(owner)).imports;
    const refusals = await listRefusals(owner, row?.id ?? '');
    expect(refusals.map(({ at }) => at)).toEqual([2, 3, 4, 5, 6, 10, 11]);
    expect(refusals.every(({ reason }) => reason.length > 10)).toBe(true);
    expect(result).toMatchObject({ rolloutsNew: 4, refused: 7 });
    const text = await db.rolloutText.findFirst({ where: { rollout: { question: { key: { contains: 'tabs' } } } } });
    expect(text?.response).toBe('a\tb\\N\n\\.\r<img onerror=x>');
    expect(await getImport(owner, row?.id ?? '')).toMatchObject({
      rolloutsNew: 4,
      refused: 7,
      format: 'studio-ndjson',
    });
  });

  test('a question with another truth keeps the stored one and refuses its rollouts; other words are a warning', async () => {
    const owner = await seedOwner();
    const wanted = { run: 'conflict' };
    await importNow(owner, await fileOf('a.ndjson', [rolloutLine('q1', chain('B'))]), wanted);
    const rows = [
      rolloutLine('q1', chain('A'), {}, { truth: 'A' }),
      rolloutLine('q1', chain('A'), {}, { options: ['one', 'two'] }),
      rolloutLine('q1', chain('A'), {}, { prompt: 'What, in other words, is in q1?' }),
    ];
    const result = await importNow(owner, await fileOf('b.ndjson', rows), wanted);
    expect(result).toMatchObject({ rolloutsNew: 1, refused: 2, questionsNew: 0, warningCount: 1 });
    expect(await db.question.findMany({ where: { projectId: owner.projectId }, select: { truth: true } })).toEqual([
      { truth: 'B' },
    ]);
  });

  test('our own questions need a set and no run; rollouts among them are refused', async () => {
    const owner = await seedOwner();
    const question = { veripo: 1, type: 'question', key: 'q1', prompt: 'How many?', kind: 'number', truth: '3' };
    const file = await fileOf('own.ndjson', [JSON.stringify(question), rolloutLine('q2', chain('B'))]);
    expect(await importNow(owner, file, { set: 'own' })).toMatchObject({ questionsNew: 1, rolloutsNew: 0, refused: 1 });
    expect(await db.run.count({ where: { projectId: owner.projectId } })).toBe(0);
  });

  test.each([
    ['rollouts without a run', 'x.ndjson', rolloutLine('q', 'r'), 'Rollouts belong to a run'],
    ['an empty file', 'empty.json', '', 'the file is empty'],
    ['something else', 'x.txt', 'hello', 'neither JSON'],
  ])('%s: one sentence', async (_name, name, content, sentence) => {
    const owner = await seedOwner();
    await expect(importNow(owner, await writeTestFile(name, content), {})).rejects.toThrow(sentence);
  });
});

describe('cancelling and continuing', () => {
  const begin = async (owner: Awaited<ReturnType<typeof seedOwner>>, count: number, run: string) => {
    const file = await fileOf(`${run}.ndjson`, lines(count));
    const { bytes, format } = await inspectFile(file, run);
    const place = { kind: 'path' as const, path: file };
    return createImport(owner, { door: 'command', place, fileName: `${run}.ndjson`, bytes, format, run });
  };

  test('a cancelled import keeps whole batches, and running it again ends with each row once', async () => {
    const owner = await seedOwner();
    const { id } = await begin(owner, 20_000, 'cancelled');
    let seen = 0;
    const job = importJob({
      onProgress: ({ rolloutsNew }) => {
        seen = rolloutsNew;
        void db.task.update({ where: { id }, data: { cancelRequested: true } }).then(() => undefined);
      },
    });
    await job.perform(id, new AbortController().signal);
    const halfway = await stored('cancelled');
    expect(await getTask(owner, id)).toMatchObject({
      state: 'cancelled',
      result: { complete: false, rolloutsNew: halfway },
    });
    expect(halfway).toBeGreaterThanOrEqual(seen);
    expect(halfway).toBeLessThan(20_000);
    expect(await db.rolloutText.count({ where: { rollout: { run: { name: 'cancelled' } } } })).toBe(halfway);

    await retryTask(owner, id);
    await importJob().perform(id, new AbortController().signal);
    expect(await getTask(owner, id)).toMatchObject({
      state: 'done',
      result: { rolloutsNew: 20_000, rolloutsKnown: 0 },
    });
    expect(await stored('cancelled')).toBe(20_000);
  });

  test('a worker that stops hands the task back, and another one ends it', async () => {
    const owner = await seedOwner();
    const { id } = await begin(owner, 20_000, 'stopped');
    const stop = new AbortController();
    const job = importJob({ onProgress: () => stop.abort() });
    await expect(job.perform(id, stop.signal)).rejects.toThrow('the worker is stopping');
    expect(await getTask(owner, id)).toMatchObject({ state: 'queued' });
    await importJob().perform(id, new AbortController().signal);
    expect(await stored('stopped')).toBe(20_000);
  });

  test('two imports into one run at once add each row once', async () => {
    const owner = await seedOwner();
    const file = await fileOf('both.ndjson', lines(6_000));
    const results = await Promise.all([1, 2].map(() => importNow(owner, file, { run: 'both' })));
    expect(results.map(({ rolloutsNew }) => rolloutsNew).toSorted((a, b) => a - b)).toEqual([0, 6_000]);
    expect(await stored('both')).toBe(6_000);
  });

  test('strangers neither see nor stop it', async () => {
    const owner = await seedOwner();
    const stranger = await seedOwner();
    const { id } = await begin(owner, 8, 'private');
    await expect(getTask(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(cancelTask(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(retryTask(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getImport(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listRefusals(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listTasks(stranger)).toEqual([]);
    expect((await listImports(stranger)).imports).toEqual([]);
    await cancelTask(owner, id);
    await expect(cancelTask(owner, id)).rejects.toMatchObject({ code: 'conflict' });
    await importJob().perform(id, new AbortController().signal);
    expect(await getTask(owner, id)).toMatchObject({ state: 'cancelled' });
    expect(await stored('private')).toBe(0);
  });

  test('reviewers may not import', async () => {
    const owner = await seedOwner();
    await db.member.updateMany({ where: { userId: owner.userId }, data: { role: 'reviewer' } });
    const file = await fileOf('reviewer.ndjson', lines(1));
    await expect(importNow(owner, file, { run: 'r' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

const greedy = realData('rollouts', 'videommmu_greedy.json');
test.skipIf(greedy.absent)(
  'the four VideoMMMU files are four samples of 390 questions (skipped without ../shared/data)',
  async () => {
    const owner = await seedOwner();
    const names = ['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'];
    for (const name of names) {
      await importNow(owner, realData('rollouts', `videommmu_${name}.json`).file, { run: 'VideoMMMU' });
    }
    expect(await stored('VideoMMMU')).toBe(1_560);
    expect(await db.question.count({ where: { projectId: owner.projectId } })).toBe(390);
    const groups = await db.rolloutGroup.findMany({
      where: { projectId: owner.projectId },
      select: { _count: { select: { rollouts: true } } },
    });
    expect(new Set(groups.map(({ _count }) => _count.rollouts))).toEqual(new Set([4]));
  },
);
