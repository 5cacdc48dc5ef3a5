/** Who comes through the doors of charts and comparisons, and what they are told of what is not theirs. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import * as benchmarkActions from '@/lib/actions/benchmarks';
import * as viewActions from '@/lib/actions/saved-views';
import { chooseBenchmark } from '@/lib/data/benchmarks/choose';
import { db } from '@/lib/data/db';
import { listSavedViews, removeView, saveView } from '@/lib/data/saved-views/store';
import { insiders, outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { GET as flipsRoute } from './comparison/flips/route';
import { GET as intervalsRoute } from './comparison/intervals/route';
import { GET as questionRoute } from './comparison/questions/[questionId]/route';
import { GET as walkRoute } from './comparison/questions/[questionId]/walk/route';
import { GET as comparisonRoute } from './comparison/route';
import { GET as extremesRoute } from './lengths/extremes/route';
import { GET as lengthPairsRoute } from './lengths/pairs/route';
import { GET as lengthsRoute } from './lengths/route';
import { GET as stepsRoute } from './lengths/steps/route';
import { GET as withinRoute } from './lengths/within/route';
import { GET as benchmarksRoute } from './runs/[runId]/benchmarks/route';
import { GET as curvesRoute } from './runs/[runId]/curves/route';
import { GET as findingsRoute } from './runs/[runId]/findings/route';
import { GET as outcomesRoute } from './runs/[runId]/outcomes/route';
import { GET as savedViewsRoute } from './saved-views/route';
import { GET as slicesRoute } from './slices/route';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
const visitor: { viewer: Viewer | null } = { viewer: null };
vi.mock('@/lib/data/access/session', () => ({
  requireViewer: async () => {
    if (!visitor.viewer) throw new AppError('unauthenticated', 'Sign in');
    return visitor.viewer;
  },
}));

type Place = SeededProject & SeededRun & { readonly eval: SeededRun; readonly viewId: string };
let mine: Place;
let theirs: Place;
let viewers: ReadonlyMap<string, Viewer> = new Map();
const OWN = 'Numbat';
const FOREIGN = 'Wombat';

const seed = async (name: string): Promise<Place> => {
  const project = await seedProject();
  const run = await seedRun(project, { groups: 4, name });
  const other = await seedRun(project, { groups: 4, name: `${name} later`, stage: 'eval', easy: 2 });
  const viewId = await saveView(project.owner, { name: `${name} view`, path: `/runs/${run.runId}`, query: '' });
  await db.question.updateMany({ where: { projectId: project.projectId }, data: { prompt: `${name} asks` } });
  return { ...project, ...run, eval: other, viewId };
};

beforeAll(async () => {
  [mine, theirs] = [await seed(OWN), await seed(FOREIGN)];
  viewers = await seedIdentities(mine, theirs);
});

type Answer = { readonly status: number; readonly text: string };
type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** As the viewer, or as nobody. */
const ask = async <P extends object>(
  viewer: Viewer | null,
  route: Handler<P>,
  query: readonly (readonly [string, string])[],
  params: P,
): Promise<Answer> => {
  visitor.viewer = viewer;
  const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
  const response = await route(new Request(`http://localhost:3000/?${search}`), { params: Promise.resolve(params) });
  return { status: response.status, text: await response.text() };
};

const sliceOf = ({ runId }: SeededRun, stage = 'grpo'): [string, string] => ['slice', `${runId}.0.${stage}`];
const bothOf = (place: Place) => [sliceOf(place), sliceOf(place.eval, 'eval')];
const flip: [string, string][] = [
  ['aspect', 'accuracy'],
  ['from', 'fails'],
  ['to', 'holds'],
];
const questionOf = ({ questionIds }: SeededRun): { questionId: string } => ({ questionId: questionIds[0] ?? '' });

/** Every door, opened for what belongs to `place`, with `more` in its address. */
const doors = (place: Place, more: readonly [string, string][] = []) =>
  ({
    curves: (viewer) => ask(viewer, curvesRoute, more, { runId: place.runId }),
    benchmarks: (viewer) => ask(viewer, benchmarksRoute, more, { runId: place.runId }),
    outcomes: (viewer) => ask(viewer, outcomesRoute, more, { runId: place.runId }),
    findings: (viewer) => ask(viewer, findingsRoute, more, { runId: place.runId }),
    comparison: (viewer) => ask(viewer, comparisonRoute, [...bothOf(place), ...more], {}),
    intervals: (viewer) => ask(viewer, intervalsRoute, [...bothOf(place), ...more], {}),
    flips: (viewer) => ask(viewer, flipsRoute, [...bothOf(place), ...flip, ...more], {}),
    question: (viewer) => ask(viewer, questionRoute, [...bothOf(place), ...more], questionOf(place)),
  }) satisfies Record<string, (viewer: Viewer | null) => Promise<Answer>>;

/** Doors that leave out what is not the visitor's instead of refusing it. */
const lenient = (place: Place, more: readonly [string, string][] = []) =>
  ({
    slices: (viewer) => ask(viewer, slicesRoute, [['run', place.runId], ['run', place.eval.runId], ...more], {}),
    lengths: (viewer) => ask(viewer, lengthsRoute, [...bothOf(place), ['facet', 'set'], ...more], {}),
    steps: (viewer) => ask(viewer, stepsRoute, [...bothOf(place), ...more], {}),
    within: (viewer) => ask(viewer, withinRoute, [...bothOf(place), ['facet', 'set'], ...more], {}),
    pairs: (viewer) => ask(viewer, lengthPairsRoute, [...bothOf(place), ...more], {}),
    extremes: (viewer) => ask(viewer, extremesRoute, [...bothOf(place), ...more], {}),
    walk: (viewer) => ask(viewer, walkRoute, [...bothOf(place), ...more], questionOf(place)),
    views: (viewer) => ask(viewer, savedViewsRoute, more, {}),
  }) satisfies Record<string, (viewer: Viewer | null) => Promise<Answer>>;

const all = (place: Place, more: readonly [string, string][] = []) => ({
  ...doors(place, more),
  ...lenient(place, more),
});
const viewerOf = (name: string): Viewer => viewers.get(name) ?? { userId: 'missing' };

/** What names anything of a project: its ids and what its things are called. */
const traces = async ({ projectId }: SeededProject, name: string): Promise<string[]> => {
  const where = { projectId };
  const rows = await Promise.all([
    db.run.findMany({ where, select: { id: true } }),
    db.iteration.findMany({ where, select: { id: true } }),
    db.questionSet.findMany({ where, select: { id: true } }),
    db.question.findMany({ where, select: { id: true } }),
    db.rolloutGroup.findMany({ where, select: { id: true } }),
    db.rollout.findMany({ where, select: { id: true } }),
    db.savedView.findMany({ where, select: { id: true } }),
  ]);
  return [name, ...rows.flat().map(({ id }) => id)];
};
const tracesIn = (text: string, found: readonly string[], asked: readonly string[] = []): string[] =>
  found.filter((trace) => text.includes(trace) && !asked.includes(trace));

/** Numbers above 0 anywhere in an answer of the lenient doors, which say nothing but what they found. */
const countsIn = (text: string): number[] => {
  const found: number[] = [];
  JSON.parse(text, (key, value: unknown) => {
    if (typeof value === 'number' && value > 0 && key !== 'width') found.push(value);
    return value;
  });
  return found;
};

describe.each(outsiders)('%s', (name) => {
  test('is told that nothing is there', async () => {
    for (const [door, open] of Object.entries(doors(mine))) {
      const { status, text } = await open(viewerOf(name));
      expect([door, status]).toEqual([door, 404]);
      expect(tracesIn(text, await traces(mine, OWN)), door).toEqual([]);
    }
  });

  test('is told nothing where what is not there is left out', async () => {
    const known = await traces(mine, OWN);
    const { views, ...others } = lenient(mine);
    for (const [door, open] of Object.entries({ ...others, views })) {
      const { status, text } = await open(viewerOf(name));
      expect([door, status]).toEqual([door, 200]);
      expect(tracesIn(text, known), door).toEqual([]);
    }
    for (const [door, open] of Object.entries(others)) {
      // The edges of an empty chart are no figures of anybody.
      if (door !== 'lengths') expect(countsIn((await open(viewerOf(name))).text), door).toEqual([]);
    }
    expect((await others.lengths(viewerOf(name))).text).toContain('"series":[]');
  });

  test('changes nothing', async () => {
    const viewer = viewerOf(name);
    const acts = [() => removeView(viewer, mine.viewId), () => chooseBenchmark(viewer, mine.questionSetId, null)];
    for (const act of acts) await expect(act(), act.toString()).rejects.toMatchObject({ code: 'not_found' });
    expect(await db.savedView.count({ where: { id: mine.viewId } })).toBe(1);
  });
});

test.each(insiders)('%s is let in everywhere', async (name) => {
  for (const [door, open] of Object.entries(all(mine))) {
    const { status, text } = await open(viewerOf(name));
    expect([door, status, tracesIn(text, await traces(theirs, FOREIGN))]).toEqual([door, 200, []]);
  }
  expect((await all(mine).slices(viewerOf(name))).text).toContain(`${OWN} later`);
});

describe('among what is mine', () => {
  test.each([
    ['slice', 'comparison'],
    ['slice', 'intervals'],
    ['slice', 'question'],
  ] as const)('a foreign %s is not found in %s, as one that does not exist', async (_part, door) => {
    const opened = await doors(mine, [sliceOf(theirs)])[door](mine.owner);
    const absent = await doors(mine, [['slice', `${randomUUID()}.0.grpo`]])[door](mine.owner);
    expect(opened).toEqual({ ...absent, status: 404 });
  });

  test('flips with a foreign slice are not found', async () => {
    for (const pair of [
      [sliceOf(mine), sliceOf(theirs)],
      [sliceOf(theirs), sliceOf(mine)],
    ]) {
      const { status } = await ask(mine.owner, flipsRoute, [...pair, ...flip], {});
      expect(status).toBe(404);
      const walked = await ask(mine.owner, walkRoute, [...pair, ['flip', 'wrong-right']], questionOf(mine));
      expect(tracesIn(walked.text, await traces(theirs, FOREIGN))).toEqual([]);
      expect(walked.text.includes('"total":0') || walked.status === 404).toBe(true);
    }
  });

  test('a foreign question is not found, and says nothing of where it stands', async () => {
    const at = (id: string) => ask(mine.owner, walkRoute, [sliceOf(mine)], { questionId: id });
    expect(await at(questionOf(theirs).questionId)).toEqual(await at(randomUUID()));
    const shown = await ask(mine.owner, questionRoute, [sliceOf(mine)], questionOf(theirs));
    expect(shown).toEqual(await ask(mine.owner, questionRoute, [sliceOf(mine)], { questionId: randomUUID() }));
    expect(shown.status).toBe(404);
  });

  test.each([
    ['a run laid over', () => [['with', theirs.runId]], () => [['with', randomUUID()]]],
    ['a run of slices', () => [['run', theirs.runId]], () => [['run', randomUUID()]]],
    ['a set that narrows', () => [['set', theirs.questionSetId]], () => [['set', randomUUID()]]],
    ['a set of curves', () => [['curveSet', theirs.questionSetId]], () => [['curveSet', randomUUID()]]],
    ['a group', () => [['group', theirs.groupIds[0] ?? '']], () => [['group', randomUUID()]]],
  ] as const)('%s that is foreign is as one that does not exist', async (_name, foreign, absent) => {
    const known = await traces(theirs, FOREIGN);
    const pairsOf = (part: () => readonly (readonly string[])[]): [string, string][] =>
      part().map(([name = '', value = '']) => [name, value]);
    const [opened, other] = [all(mine, pairsOf(foreign)), all(mine, pairsOf(absent))];
    for (const door of z.array(z.enum(Object.keys(opened))).parse(Object.keys(opened))) {
      const [answer, expected] = [await open(opened, door), await open(other, door)];
      expect(answer, door).toEqual(expected);
      expect(tracesIn(answer.text, known), door).toEqual([]);
    }
  });

  test('a foreign slice among lengths is left out', async () => {
    const known = await traces(theirs, FOREIGN);
    const { walk: _, views: __, ...counted } = lenient(mine, [sliceOf(theirs), sliceOf(theirs.eval, 'eval')]);
    const own = lenient(mine);
    for (const [door, opened] of Object.entries(counted)) {
      const answer = await opened(mine.owner);
      expect(answer, door).toEqual(await open(own, door));
      expect(tracesIn(answer.text, known), door).toEqual([]);
    }
  });
});

const open = async (set: Readonly<Record<string, (viewer: Viewer | null) => Promise<Answer>>>, door: string) =>
  (await set[door]?.(mine.owner)) ?? { status: 0, text: '' };

test('views of two projects of one person stay apart for a token of one of them', async () => {
  const wanderer = viewerOf('a token for another project of the same person');
  const named = (viewer: Viewer) => listSavedViews(viewer).then((views) => views.map(({ name }) => name));
  expect(await named(wanderer)).toEqual([`${FOREIGN} view`]);
  expect(await named({ userId: wanderer.userId })).toEqual([`${OWN} view`, `${FOREIGN} view`]);
});

test('without a session every route answers 401', async () => {
  for (const [door, opened] of Object.entries(all(mine))) {
    expect([door, (await opened(null)).status]).toEqual([door, 401]);
  }
});

const refused = z.object({ ok: z.literal(false), error: z.object({ code: z.literal('unauthenticated') }) });

test('without a session every action is refused before it looks at what it is given', async () => {
  visitor.viewer = null;
  const answers = await Promise.all([
    viewActions.keepView({ name: '', path: 'https://elsewhere.example', query: '' }),
    viewActions.forgetView({ id: mine.viewId }),
    benchmarkActions.saveBenchmark({ setId: mine.questionSetId, benchmark: null }),
  ]);
  for (const answer of answers) expect(refused.safeParse(answer).success).toBe(true);
  expect(answers).toHaveLength(Object.keys({ ...viewActions, ...benchmarkActions }).length);
});
