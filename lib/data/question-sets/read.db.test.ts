import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import { QUESTION_PAGE } from '@/lib/domain/question-set';
import { findSetOfQuestion, getQuestion, getQuestionVideo } from './question';
import { getQuestionSet, listQuestionSetNames, listQuestionSets, listQuestions } from './read';

const seeded = async (groups = 2) => {
  const project = await seedProject();
  const run = await seedRun(project, { groups });
  const set = await db.questionSet.findFirstOrThrow({ where: { projectId: project.projectId } });
  const question = await db.question.findFirstOrThrow({ where: { questionSetId: set.id, key: 'q0' } });
  return { ...project, ...run, setId: set.id, questionId: question.id };
};

const foundMedia = async (projectId: string, questionId: string, state: string, sentence: string | null) => {
  const root = await db.mediaRoot.create({
    data: { id: randomUUID(), projectId, name: 'clips', path: `/${randomUUID()}` },
  });
  const mediaId = randomUUID();
  await db.media.create({ data: { id: mediaId, projectId, rootId: root.id, relPath: 'clips/0.mp4', state, sentence } });
  await db.question.update({ where: { id: questionId }, data: { mediaId } });
};

test('sets count their questions by kind, modality and media state', async () => {
  const { owner, projectId, questionId, setId } = await seeded();
  await foundMedia(projectId, questionId, 'unplayable', 'It has no video stream.');
  const [set] = await listQuestionSets(owner);
  expect(set).toMatchObject({ id: setId, questions: 2, rollouts: 8 });
  expect(set?.facets.kinds).toEqual([{ value: 'choice', count: 2 }]);
  expect(set?.facets.media).toContainEqual({ value: 'unplayable', count: 1 });
  expect(set?.facets.media).toContainEqual({ value: 'unresolved', count: 1 });
  expect(await getQuestionSet(owner, setId)).toEqual(set);
  expect(await listQuestionSetNames(owner)).toEqual(['seeded run questions']);
});

test.each([
  ['nothing', {}, 2],
  ['a kind that is there', { kind: 'choice' }, 2],
  ['a kind that is not', { kind: 'math' }, 0],
  ['words', { text: 'object 1' }, 1],
  ['a percent sign, which is no wildcard', { text: '%' }, 0],
  ['an underscore, which is no wildcard', { text: '_' }, 0],
  ['a key', { text: 'q0' }, 1],
  ['media', { media: 'unresolved' }, 2],
] as const)('questions filtered by %s', async (_name, filters, total) => {
  const { owner, setId } = await seeded();
  const page = await listQuestions(owner, setId, filters, null);
  expect(page).toMatchObject({ total, next: null });
  expect(page.rows).toHaveLength(total);
});

test('pages follow each other without gap or repeat', async () => {
  const { owner, setId } = await seeded(QUESTION_PAGE + 5);
  const first = await listQuestions(owner, setId, {}, null);
  expect(first.rows).toHaveLength(QUESTION_PAGE);
  const second = await listQuestions(owner, setId, {}, first.next);
  expect(second).toMatchObject({ next: null, total: QUESTION_PAGE + 5 });
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(QUESTION_PAGE + 5);
});

test('a question tells its media and who answered it', async () => {
  const { owner, projectId, questionId, setId, runId } = await seeded();
  await foundMedia(projectId, questionId, 'missing', 'The file is gone.');
  expect(await getQuestion(owner, setId, questionId)).toMatchObject({
    key: 'q0',
    truth: 'B',
    options: ['left', 'right', 'up', 'down'],
    media: 'missing',
    sentence: 'The file is gone.',
    runs: [{ id: runId, rollouts: 4 }],
  });
  expect(await findSetOfQuestion(owner, questionId)).toBe(setId);
  expect(await getQuestionVideo(owner, questionId)).toMatchObject({ media: { state: 'missing', name: 'clips/0.mp4' } });
});

test('a stranger sees no sets, no questions, and no question by its id', async () => {
  const { setId, questionId } = await seeded();
  const { owner: stranger } = await seedProject();
  expect(await listQuestionSets(stranger)).toEqual([]);
  expect(await listQuestionSetNames(stranger)).toEqual([]);
  await expect(getQuestionSet(stranger, setId)).rejects.toMatchObject({ code: 'not_found' });
  expect(await listQuestions(stranger, setId, {}, null)).toEqual({ rows: [], next: null, total: 0 });
  await expect(getQuestion(stranger, setId, questionId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(findSetOfQuestion(stranger, questionId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(getQuestionVideo(stranger, questionId)).rejects.toMatchObject({ code: 'not_found' });
});
