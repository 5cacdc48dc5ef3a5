import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyExampleModels } from './example-models';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-models-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('models of the examples come to the trainer whole, once, and anew when they change', async () => {
  const [examples, models] = [path.join(folder, 'examples'), path.join(folder, 'models')];
  const weights = path.join(examples, 'world', 'models', 'tiny', 'model.safetensors');
  await mkdir(path.dirname(weights), { recursive: true });
  await mkdir(path.join(examples, 'without-models'));
  await writeFile(weights, 'first');
  await mkdir(path.join(models, 'mine'), { recursive: true });

  expect(await copyExampleModels(models, examples)).toEqual(['tiny']);
  await copyExampleModels(models, examples);
  expect((await readdir(models)).sort()).toEqual(['mine', 'tiny']);

  await writeFile(weights, 'second');
  await copyExampleModels(models, examples);
  expect(await readFile(path.join(models, 'tiny', 'model.safetensors'), 'utf8')).toBe('second');
  expect((await readdir(models)).sort()).toEqual(['mine', 'tiny']);
});
