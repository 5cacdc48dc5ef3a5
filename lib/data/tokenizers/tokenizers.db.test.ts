import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { listTokenizers, tokenCounter } from './read';
import { removeTokenizer, storeTokenizer } from './store';

const file = (word: string) =>
  new TextEncoder().encode(
    JSON.stringify({
      added_tokens: [],
      normalizer: null,
      post_processor: null,
      decoder: null,
      pre_tokenizer: { type: 'WhitespaceSplit' },
      model: { type: 'WordLevel', vocab: { '<unk>': 0, [word]: 1 }, unk_token: '<unk>' },
    }),
  );

let project: SeededProject;
let foreign: SeededProject;

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
});

test('a stored tokenizer counts for its project and for no other', async () => {
  const { sha256 } = await storeTokenizer(project.owner, 'left', file('left'));
  const count = await tokenCounter(project.projectId, { tokenizer: sha256 });
  expect(count?.('left or right')).toBe(3);
  await expect(tokenCounter(foreign.projectId, { tokenizer: sha256 })).rejects.toMatchObject({ code: 'not_found' });
  expect((await listTokenizers(project.reviewer)).map(({ name }) => name)).toContain('left');
  expect(await listTokenizers(foreign.owner)).toEqual([]);
});

test('settings without a tokenizer have no counter', async () => {
  expect(await tokenCounter(project.projectId, { tokenizer: null })).toBeUndefined();
});

test('the same file twice is one tokenizer, another under its name is refused', async () => {
  const first = await storeTokenizer(project.owner, 'up', file('up'));
  expect(await storeTokenizer(project.owner, 'upwards', file('up'))).toEqual(first);
  await expect(storeTokenizer(project.owner, 'up', file('down'))).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  ['a reviewer', () => project.reviewer],
  ['a stranger', () => foreign.owner],
])('%s neither removes nor, where not theirs, adds', async (_name, viewer) => {
  const { id } = await storeTokenizer(project.owner, 'far', file('far'));
  await expect(removeTokenizer(viewer(), id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a reviewer adds none', async () => {
  await expect(storeTokenizer(project.reviewer, 'near', file('near'))).rejects.toMatchObject({ code: 'not_found' });
});

test('one that a version counts with stays, one that none does goes', async () => {
  const { id, sha256 } = await storeTokenizer(project.owner, 'kept', file('kept'));
  const settings = { ...defaultVerifierSettings, tokenizer: sha256 };
  const version = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, project.projectId, 'Exact', settings, project.owner.userId),
  );
  await expect(removeTokenizer(project.owner, id)).rejects.toMatchObject({ code: 'conflict' });
  expect((await listTokenizers(project.owner)).find((known) => known.id === id)?.versions).toEqual([version.number]);
  const other = await storeTokenizer(project.owner, 'gone', file('gone'));
  await removeTokenizer(project.owner, other.id);
  expect((await listTokenizers(project.owner)).some((known) => known.id === other.id)).toBe(false);
});
