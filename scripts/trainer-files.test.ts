import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseTrainerPort, ensureTrainerToken, writeTrainerStatus } from './trainer-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-trainer-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the token is random, kept, and for its owner only', async () => {
  const file = await ensureTrainerToken(folder);
  const token = await readFile(file, 'utf8');
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await ensureTrainerToken(folder)).toBe(file);
  expect(await readFile(file, 'utf8')).toBe(token);
});

test('the port stays as long as it is free', async () => {
  const port = await chooseTrainerPort(folder);
  expect(await chooseTrainerPort(folder)).toBe(port);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const moved = await chooseTrainerPort(folder);
  await new Promise((resolve) => other.close(resolve));
  expect(moved).not.toBe(port);
  expect(await chooseTrainerPort(folder)).toBe(moved);
});

test.each(['0', '99999', 'x', '-1', ''])('a port file that says %j is written anew', async (text) => {
  await writeTrainerStatus(folder, { state: 'off' });
  await writeFile(path.join(folder, 'trainer/port'), text);
  const port = await chooseTrainerPort(folder);
  expect(await readFile(path.join(folder, 'trainer/port'), 'utf8')).toBe(String(port));
});
