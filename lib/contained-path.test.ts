import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realPathInside } from './contained-path';

let base: string;
let root: string;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'veripo-root-'));
  root = path.join(base, 'root');
  await mkdir(path.join(root, 'below'), { recursive: true });
  await mkdir(path.join(base, 'root-beside'));
  for (const file of ['root/a.json', 'root/below/..b.json', 'secret.json', 'root-beside/c.json']) {
    await writeFile(path.join(base, file), '[]');
  }
  await symlink(path.join(base, 'secret.json'), path.join(root, 'link.json'));
  await symlink(base, path.join(root, 'out'));
  await symlink(path.join(root, 'a.json'), path.join(root, 'alias.json'));
  await symlink('loop.json', path.join(root, 'loop.json'));
});
afterAll(() => rm(base, { recursive: true }));

test.each([
  ['a file', () => 'a.json', 'a.json'],
  ['by its absolute path', () => path.join(root, 'a.json'), 'a.json'],
  ['there and back', () => 'below/../a.json', 'a.json'],
  ['a name that begins with dots', () => 'below/..b.json', 'below/..b.json'],
  ['a link that stays inside', () => 'alias.json', 'a.json'],
])('inside: %s', async (_name, wanted, real) => {
  expect(await realPathInside(root, wanted())).toBe(path.join(root, real));
});

test.each([
  ['the folder itself', () => '.'],
  ['up and out', () => '../secret.json'],
  ['down, then up and out', () => 'below/../../secret.json'],
  ['absolute', () => path.join(base, 'secret.json')],
  ['the system', () => '/etc/passwd'],
  ['a neighbour whose name begins the same', () => '../root-beside/c.json'],
  ['a link that leads out', () => 'link.json'],
  ['through a linked folder', () => 'out/secret.json'],
  ['round in circles', () => 'loop.json'],
  ['encoded dots are a name', () => '%2e%2e/secret.json'],
  ['NUL', () => 'a.json\0.mp4'],
  ['very long', () => 'x/'.repeat(5_000)],
  ['absent', () => 'absent.json'],
])('outside or nowhere: %s', async (_name, wanted) => {
  expect(await realPathInside(root, wanted())).toBeUndefined();
});
