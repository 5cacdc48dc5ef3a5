import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashContent } from './content-hash';
import { whenChanged } from './marker';

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
