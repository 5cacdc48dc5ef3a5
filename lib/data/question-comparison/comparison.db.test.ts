import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { MOST_CHAINS } from '@/lib/domain/question-comparison/comparison';
import { type Narrow, wholeSlices } from '@/lib/domain/slices/narrow';
import { getQuestionComparison } from './comparison';
import { getQuestionWalk } from './walk';

const whole = { flip: null, narrow: { set: [], kind: [] } };
let project: SeededProject;
let run: SeededRun;
let question = '';

const slice = (k: number, stage: 'grpo' | 'eval' = 'grpo') => ({ runId: run.runId, k, stage });
const compare = (slices: Parameters<typeof getQuestionComparison>[2]['slices'], groups: readonly string[] = []) =>
  getQuestionComparison(project.owner, question, { slices, groups });

/** An iteration of the run that asks the questions of these places. */
const addIteration = async (k: number, places: readonly number[]): Promise<readonly string[]> => {
  const { projectId } = project;
  const iterationId = randomUUID();
  await db.iteration.create({ data: { id: iterationId, projectId, runId: run.runId, k, state: 'imported' } });
  const ids = places.flatMap((place) => run.questionIds[place] ?? []);
  return seedGroups(project, { ...run, iterationId }, ids);
};

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: 4 });
  question = run.questionIds[0] ?? '';
  await addIteration(1, [0, 2]);
  await addIteration(2, [3]);
});

describe('one question across slices', () => {
  test('the chains of each slice, in the order asked, with their verdicts', async () => {
    const { slices, asked, setName, question: shown } = await compare([slice(1), slice(0)]);
    expect(shown.id).toBe(question);
    expect(setName).toBe('seeded run questions');
    expect(
      slices.map(({ k, chains }) => [k, chains.map(({ position, answer, correct }) => [position, answer, correct])]),
    ).toEqual(
      [1, 0].map((k) => [
        k,
        [
          [1, 'B', true],
          [2, 'B', true],
          [3, 'C', false],
          [4, 'B', true],
        ],
      ]),
    );
    expect(slices[0]?.chains[3]).toMatchObject({ consistency: 'inconsistent', cut: false, frames: null });
    expect(slices[0]?.chains[0]?.response).toContain('<answer>B</answer>');
    expect(asked.map(({ k, rollouts, runName }) => [k, rollouts, runName])).toEqual([
      [0, 4, 'seeded run'],
      [1, 4, 'seeded run'],
    ]);
  });

  test('a slice that was not asked comes without groups, and says so by that', async () => {
    const { slices } = await compare([slice(0), slice(2), slice(0, 'eval')]);
    expect(
      slices.map(({ runName, groups, groupId, chains }) => [runName, groups.length, groupId === null, chains.length]),
    ).toEqual([
      ['seeded run', 1, false, 4],
      ['seeded run', 0, true, 0],
      ['seeded run', 0, true, 0],
    ]);
  });

  test('of several groups the one of the last step, unless another is asked for', async () => {
    const other = run.questionIds[2] ?? '';
    const [early = ''] = await seedGroups(project, run, [other]);
    const [late = ''] = await seedGroups(project, run, [other]);
    await db.rolloutGroup.update({ where: { id: late }, data: { step: 9 } });
    const read = (groups: readonly string[]) =>
      getQuestionComparison(project.owner, other, { slices: [slice(0)], groups });
    const last = await read([]);
    expect(last.slices[0]).toMatchObject({ groupId: late });
    expect(last.slices[0]?.groups.map(({ step, rollouts }) => [step, rollouts])).toEqual([
      [1, 4],
      [1, 4],
      [9, 4],
    ]);
    expect((await read([early])).slices[0]?.groupId).toBe(early);
    expect((await read([randomUUID()])).slices[0]?.groupId).toBe(late);
  });

  test('long groups and long texts are cut, and tell what is missing', async () => {
    const other = run.questionIds[3] ?? '';
    const [group = ''] = await seedGroups(project, run, [other]);
    await db.rolloutGroup.update({ where: { id: group }, data: { step: 5 } });
    const [first, ...rest] = await db.rollout.findMany({ where: { groupId: group }, orderBy: { sampleIndex: 'asc' } });
    if (!first) throw new Error('the group has no rollout');
    await db.rolloutText.update({
      where: { rolloutId: first.id },
      data: { response: `<think>${'long '.repeat(9_000)}` },
    });
    const copies = Array.from({ length: MOST_CHAINS }, (_, at) => ({
      ...first,
      id: randomUUID(),
      sampleIndex: 100 + at,
    }));
    await db.rollout.createMany({
      data: copies.map(({ seq: _seq, facetCode: _code, disagrees: _disagrees, ...copy }) => copy),
    });
    await db.rolloutText.createMany({ data: copies.map(({ id }) => ({ rolloutId: id, response: 'x' })) });
    const { slices } = await getQuestionComparison(project.owner, other, { slices: [slice(0)], groups: [group] });
    expect(slices[0]?.chains).toHaveLength(MOST_CHAINS);
    expect(slices[0]?.chains[0]).toMatchObject({ id: first.id, cut: true });
    expect(slices[0]?.chains[0]?.response).toHaveLength(20_000);
    expect(slices[0]?.groups.at(-1)?.rollouts).toBe(rest.length + 1 + MOST_CHAINS);
  });

  test.each([
    ['no such question', () => getQuestionComparison(project.owner, randomUUID(), { slices: [slice(0)], groups: [] })],
    ['no such iteration', () => compare([slice(0), slice(77)])],
    ['no such run', () => compare([{ ...slice(0), runId: randomUUID() }])],
  ])('%s is not found', async (_, read) => {
    await expect(read()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('neither questions nor slices nor groups of others', async () => {
    const other = await seedProject();
    const foreign = await seedRun(other, { groups: 1 });
    const stranger = { userId: project.owner.userId, projectId: other.projectId };
    await expect(getQuestionComparison(other.owner, question, { slices: [], groups: [] })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(getQuestionComparison(stranger, question, { slices: [], groups: [] })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(compare([{ runId: foreign.runId, k: 0, stage: 'grpo' }])).rejects.toMatchObject({ code: 'not_found' });
    const { slices } = await compare([slice(0)], foreign.groupIds);
    expect(slices[0]?.groupId).toBe(run.groupIds[0]);
  });
});

describe('the walk', () => {
  const walk = (place: number, slices = [slice(0), slice(1)], narrow: Narrow = wholeSlices) =>
    getQuestionWalk(project.owner, run.questionIds[place] ?? '', slices, { flip: null, narrow });

  test.each([
    ['the first of those that both were asked', 0, 1, null, 2],
    ['one that only the left was asked, between them', 1, null, 0, 2],
    ['the last', 2, 2, 0, null],
    ['one behind them all', 3, null, 2, null],
  ] as const)('%s', async (_, place, position, previous, next) => {
    const idOf = (at: number | null) => (at === null ? null : (run.questionIds[at] ?? ''));
    expect(await walk(place)).toEqual({ total: 2, position, previousId: idOf(previous), nextId: idOf(next) });
  });

  test.each([
    ['of another set', { set: [randomUUID()], kind: [] }],
    ['of another kind', { set: [], kind: ['ocr'] }],
  ] as const)('none are %s', async (_, narrow) => {
    expect(await walk(0, [slice(0), slice(1)], narrow)).toEqual({
      total: 0,
      position: null,
      previousId: null,
      nextId: null,
    });
  });

  test('narrowed to what they are', async () => {
    expect(await walk(0, [slice(0), slice(1)], { set: [run.questionSetId], kind: ['choice'] })).toMatchObject({
      total: 2,
      position: 1,
    });
  });

  test('through those that went from right to wrong between the two, as the comparison lists them', async () => {
    // Three of the four samples of every question are right; of the first one on the other side none is any more.
    const flip = { aspect: 'accuracy', from: 'holds', to: 'fails' } as const;
    const sides = [slice(0), slice(1)];
    const asked = run.questionIds[0] ?? '';
    const scope = { flip, narrow: wholeSlices };
    expect(await getQuestionWalk(project.owner, asked, sides, scope)).toMatchObject({ total: 0, position: null });
    await db.rollout.updateMany({
      where: { questionId: asked, iteration: { k: 1 } },
      data: { correct: false, accuracy: 0 },
    });
    expect(await getQuestionWalk(project.owner, asked, sides, scope)).toEqual({
      total: 1,
      position: 1,
      previousId: null,
      nextId: null,
    });
    // From outside the list it begins anew.
    expect(await getQuestionWalk(project.owner, run.questionIds[2] ?? '', sides, scope)).toMatchObject({
      position: null,
      previousId: null,
      nextId: asked,
    });
    const other = await seedProject();
    await expect(getQuestionWalk(other.owner, asked, sides, scope)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a stranger walks through nothing', async () => {
    const other = await seedProject();
    const place = run.questionIds[0] ?? '';
    expect(await getQuestionWalk(other.owner, place, [slice(0), slice(1)], whole)).toMatchObject({
      total: 0,
      nextId: null,
    });
  });
});
