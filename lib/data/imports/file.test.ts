import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFile } from './file';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-import-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a named pipe is no file, and nobody waits for its other end', async () => {
  const pipe = path.join(folder, 'rollouts.jsonl');
  execFileSync('mkfifo', [pipe]);
  await expect(inspectFile(pipe, 'rollouts.jsonl')).rejects.toMatchObject({ code: 'invalid' });
});

test('a folder is no file', async () => {
  await expect(inspectFile(folder, 'folder')).rejects.toMatchObject({ code: 'invalid' });
});
