import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashContent } from './content-hash';
import { redoChanged, whenChanged } from './marker';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-hash-'));
  await mkdir(path.join(folder, 'app'));
  await writeFile(path.join(folder, 'app/a.ts'), 'a');
});
afterEach(() => rm(folder, { recursive: true }));

const hash = () => hashContent(folder, ['app', 'missing'], (file) => file.endsWith('.test.ts'));

test.each([
  ['the same content', () => writeFile(path.join(folder, 'app/a.ts'), 'a'), true],
  ['a test', () => writeFile(path.join(folder, 'app/a.test.ts'), 'x'), true],
  ['other content', () => writeFile(path.join(folder, 'app/a.ts'), 'b'), false],
  ['another name', () => rename(path.join(folder, 'app/a.ts'), path.join(folder, 'app/b.ts')), false],
  ['one more file', () => writeFile(path.join(folder, 'app/b.ts'), ''), false],
])('%s', async (_name, change, same) => {
  const before = await hash();
  await change();
  expect((await hash()) === before).toBe(same);
});

test('work is done once for the same inputs, and again after it failed', async () => {
  const file = path.join(folder, 'mark');
  const nothing = async () => undefined;
  expect(await whenChanged(file, 'one', nothing)).toBe(true);
  expect(await whenChanged(file, 'one', nothing)).toBe(false);
  await expect(whenChanged(file, 'two', () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  expect(await whenChanged(file, 'one', nothing)).toBe(true);
});

test('of several works only those with other inputs are done, all at once', async () => {
  const mark = (of: string, hash: string) => ({ file: path.join(folder, `${of}.mark`), hash, of });
  const done: (readonly string[])[] = [];
  const note = async (changed: readonly string[]) => {
    done.push(changed);
  };
  expect(await redoChanged([mark('a', '1'), mark('b', '1')], note)).toBe(true);
  expect(await redoChanged([mark('a', '1'), mark('b', '1')], note)).toBe(false);
  expect(await redoChanged([mark('a', '1'), mark('b', '2'), mark('c', '1')], note)).toBe(true);
  expect(done).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
});
