import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict } from '@/lib/data/verdicts/correct';
import { getCurriculum, mayChangeCurriculum, readExcluded } from './read';
import { dropEasyQuestions, leaveOutAgain, putBack } from './write';

const EASY = 10;
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

const drop = (share = 0.8, seed = 3) => dropEasyQuestions(project.projectId, run.runId, run.iterationId, share, seed);
const excluded = () => readExcluded(project.projectId, run.runId);
const anyDropped = async (): Promise<string> => [...(await excluded())][0] ?? '';

/** Verdicts as the verifier stores them, so that they can be corrected. */
const addVerdict = async (rolloutId: string) => {
  const { verifierVersion } = await db.run.findUniqueOrThrow({
    where: { id: run.runId },
    select: { verifierVersion: { select: { readingId: true } } },
  });
  const { accuracy } = await db.rollout.findUniqueOrThrow({ where: { id: rolloutId }, select: { accuracy: true } });
  await db.verdict.create({
    data: {
      rolloutId,
      readingId: verifierVersion.readingId,
      wellFormed: true,
      cutOff: false,
      accuracy,
      consistency: 'consistent',
      repetition: 0,
      thinkTokens: 40,
      tokenSource: 'estimate',
      evidence: {},
      reasons: {},
    },
  });
};
const correct = async (rolloutId: string, value: boolean) => {
  await addVerdict(rolloutId);
  await correctVerdict(project.reviewer, {
    decisionId: randomUUID(),
    rolloutId,
    correction: { check: 'accuracy', value },
    reason: 'seen it',
  });
};
const sampleOf = async (question: number, sampleIndex: number): Promise<string> => {
  const where = { questionId: run.questionIds[question] ?? '', iterationId: run.iterationId, sampleIndex };
  return (await db.rollout.findFirstOrThrow({ where, select: { id: true } })).id;
};

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
});
beforeEach(async () => {
  run = await seedRun(project, { groups: 25, easy: EASY, name: `run ${randomUUID()}` });
});

describe('leaving out', () => {
  test('four fifths of what every rollout answers right, and what it was decided from', async () => {
    expect(await drop()).toBe(8);
    const easy = run.questionIds.slice(0, EASY);
    expect([...(await excluded())].every((id) => easy.includes(id))).toBe(true);
    const { iterations, questions, more } = await getCurriculum(project.reviewer, run.runId);
    expect(iterations).toEqual([
      { iterationId: run.iterationId, k: 0, asked: 25, allRight: EASY, share: 0.8, dropped: 8, putBack: 0 },
    ]);
    expect(questions).toHaveLength(8);
    expect(more).toBe(false);
  });

  test.each([
    ['nothing', 0, 0],
    ['half', 0.5, 5],
    ['all', 1, 10],
  ] as const)('%s', async (_name, share, count) => {
    expect(await drop(share)).toBe(count);
    expect((await excluded()).size).toBe(count);
  });

  test('again and at once, it is decided once', async () => {
    expect(await Promise.all([drop(), drop(), drop()])).toEqual([8, 8, 8]);
    const before = await excluded();
    expect(await drop(1, 99)).toBe(8);
    expect(await excluded()).toEqual(before);
  });

  test('nothing is easy: decided all the same', async () => {
    await db.rollout.updateMany({ where: { iterationId: run.iterationId, sampleIndex: 1 }, data: { reward: 0.5 } });
    expect(await drop()).toBe(0);
    expect((await getCurriculum(project.owner, run.runId)).iterations).toMatchObject([{ asked: 25, allRight: 0 }]);
  });

  test.each([
    ['a graded answer that is not whole', { accuracy: 0.9, reward: 1.4 }],
    ['an answer without a truth', { accuracy: null, correct: null, reward: null }],
    ['a rollout that is not verified', { accuracy: null, correct: null, reward: null, wellFormed: null }],
  ])('%s keeps its question', async (_name, data) => {
    await db.rollout.update({ where: { id: await sampleOf(0, 2) }, data });
    await drop(1);
    expect((await excluded()).has(run.questionIds[0] ?? '')).toBe(false);
    expect((await excluded()).size).toBe(EASY - 1);
  });

  test('a right answer in a bad form is right', async () => {
    await db.rollout.update({ where: { id: await sampleOf(0, 2) }, data: { wellFormed: false, reward: 1 } });
    expect(await drop(1)).toBe(EASY);
  });

  test('corrections count, in both directions', async () => {
    await correct(await sampleOf(0, 1), false);
    await correct(await sampleOf(20, 3), true);
    await drop(1);
    const gone = await excluded();
    expect(gone.has(run.questionIds[0] ?? '')).toBe(false);
    expect(gone.has(run.questionIds[20] ?? '')).toBe(true);
  });

  test('every group of a question counts, evaluations and other iterations do not', async () => {
    const [first = '', second = ''] = run.questionIds;
    await seedGroups(project, run, [first]); // a later step got it wrong
    await seedGroups(project, run, [second], { stage: 'eval' });
    await drop(1);
    expect((await excluded()).has(first)).toBe(false);
    expect((await excluded()).has(second)).toBe(true);
  });

  test('nothing of another project', async () => {
    expect(await dropEasyQuestions(foreign.projectId, run.runId, run.iterationId, 1, 0)).toBe(0);
    expect((await excluded()).size).toBe(0);
    await drop();
    expect((await readExcluded(foreign.projectId, run.runId)).size).toBe(0);
  });
});

describe('putting back', () => {
  test('lets it be asked again, says who did, and can be taken back', async () => {
    await drop();
    const questionId = await anyDropped();
    const key = { iterationId: run.iterationId, questionId };
    await putBack(project.owner, key);
    await putBack(project.owner, key);
    expect((await excluded()).has(questionId)).toBe(false);
    const { iterations, questions } = await getCurriculum(project.reviewer, run.runId);
    expect(iterations).toMatchObject([{ dropped: 7, putBack: 1 }]);
    expect(questions.find((row) => row.questionId === questionId)).toMatchObject({ putBackBy: 'Olga Owner' });
    expect(await drop()).toBe(8); // the loop does not overrule it
    expect((await excluded()).has(questionId)).toBe(false);
    await leaveOutAgain(project.owner, key);
    expect((await excluded()).has(questionId)).toBe(true);
  });

  test('works whichever iteration left it out, and the list narrows to one', async () => {
    await drop(1);
    const questionId = await anyDropped();
    const next = randomUUID();
    const where = { projectId: project.projectId, runId: run.runId };
    await db.iteration.create({ data: { id: next, ...where, k: 1, state: 'eval' } });
    await seedGroups(project, { ...run, iterationId: next }, [questionId], { easy: 1 });
    expect(await dropEasyQuestions(project.projectId, run.runId, next, 1, 0)).toBe(1);
    const narrowed = await getCurriculum(project.owner, run.runId, 1);
    expect(narrowed.questions).toMatchObject([{ questionId, k: 1 }]);
    expect(narrowed.iterations).toHaveLength(2);
    await putBack(project.owner, { iterationId: run.iterationId, questionId });
    expect((await excluded()).has(questionId)).toBe(false);
  });

  test('is for engineers of the project, and for questions that are left out', async () => {
    await drop();
    const key = { iterationId: run.iterationId, questionId: await anyDropped() };
    const asked = { iterationId: run.iterationId, questionId: run.questionIds[24] ?? '' };
    for (const act of [putBack, leaveOutAgain]) {
      await expect(act(project.reviewer, key)).rejects.toMatchObject({ code: 'not_found' });
      await expect(act(foreign.owner, key)).rejects.toMatchObject({ code: 'not_found' });
      await expect(act(project.owner, asked)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await mayChangeCurriculum(project.owner, run.runId)).toBe(true);
    expect(await mayChangeCurriculum(project.reviewer, run.runId)).toBe(false);
    await expect(getCurriculum(foreign.owner, run.runId)).rejects.toMatchObject({ code: 'not_found' });
  });
});
