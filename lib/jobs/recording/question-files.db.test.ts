import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { importNow } from '@/lib/jobs/import-now';
import { writeQuestionSets } from './question-files';

const SET = path.resolve('examples/moving-shapes/questions/held-out.ndjson');

let project: SeededProject;
let folder: string;
beforeAll(async () => {
  [project, folder] = await Promise.all([seedProject(), mkdtemp(path.join(tmpdir(), 'veripo-questions-'))]);
  await mkdir(path.join(folder, 'questions'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a set comes out as it was recorded; beside another recording nothing is written, and it has to be the same', async () => {
  await importNow(project.owner, SET, { set: 'held-out' });
  const sets = await db.questionSet.findMany({ where: { projectId: project.projectId }, select: { id: true } });
  const ids = sets.map(({ id }) => id);
  const write = (shared: boolean) => writeQuestionSets(project.projectId, folder, ids, shared);
  const file = path.join(folder, 'questions/held-out.ndjson');

  await expect(write(true)).rejects.toThrow('There is no questions/held-out.ndjson');
  expect(await write(false)).toEqual([{ id: ids[0], name: 'held-out', file: 'questions/held-out.ndjson' }]);
  const text = await readFile(file, 'utf8');
  expect(text.split('\n').sort()).toEqual((await readFile(SET, 'utf8')).split('\n').sort());
  await writeFile(file, text.split('\n').reverse().join('\n'));
  expect(await write(true)).toHaveLength(1);

  const fewer = text.split('\n').slice(1).join('\n');
  await writeFile(file, fewer);
  await expect(write(true)).rejects.toThrow('holds other questions');
  expect(await readFile(file, 'utf8')).toBe(fewer);
});
