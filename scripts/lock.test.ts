import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock, unlock, withLock } from './lock';

let folder: string;
const lockFile = () => path.join(folder, 'x.lock');

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the second one is told who holds it', async () => {
  expect(await tryLock(lockFile(), 'first')).toBeUndefined();
  expect(await tryLock(lockFile(), 'second')).toMatchObject({ pid: process.pid, note: 'first' });
  await unlock(lockFile());
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['of a killed process', JSON.stringify({ pid: process.pid, started: 'long ago', note: '' })],
  ['that is damaged', '{"pid":'],
])('a lock %s is taken over', async (_name, content) => {
  await writeFile(lockFile(), content);
  expect(await tryLock(lockFile(), '')).toBeUndefined();
  expect(await readdir(folder)).toEqual(['x.lock']);
});

test('only one works at a time', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(lockFile(), 10_000, work)));
  expect(most).toBe(1);
});
