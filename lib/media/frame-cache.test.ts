import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-frames-'));
  vi.stubEnv('VERIPO_DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody@localhost/none');
  vi.stubEnv('VERIPO_SECRET', 'a secret of thirty-two characters');
  vi.stubEnv('VERIPO_BASE_URL', 'http://localhost:3000');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('a kept frame comes back, and other accounts of the machine cannot read it', async () => {
  const { readCachedFrame, writeCachedFrame } = await import('./frame-cache');
  const jpeg = Buffer.from('a picture');
  await writeCachedFrame('ab12-7', jpeg);
  expect(await readCachedFrame('ab12-7')).toEqual(jpeg);
  expect(await readCachedFrame('ab12-8')).toBeUndefined();
  const names = await readdir(folder, { recursive: true });
  for (const name of names) expect((await stat(path.join(folder, name))).mode & 0o077, name).toBe(0);
  expect(names).toHaveLength(3);
});
