/** Addresses that nobody means well with: every door of charts answers in words, and soon. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as viewActions from '@/lib/actions/saved-views';
import { db } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';
import { MOST_SLICES } from '@/lib/domain/slices/slice';
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
import { GET as slicesRoute } from './slices/route';

const visitor: { viewer: Viewer } = { viewer: { userId: 'nobody' } };
vi.mock('@/lib/data/access/session', () => ({ requireViewer: async () => visitor.viewer }));

let project: SeededProject;
let run: SeededRun;
const hostileName = `=cmd|' /C calc'!A0 <img src=x onerror=1> \u202e${'name '.repeat(9)}`;

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: 3, name: hostileName });
  visitor.viewer = project.owner;
  const { projectId } = project;
  const id = randomUUID();
  await db.iteration.create({ data: { id, projectId, runId: run.runId, k: 999_999, state: 'imported' } });
  await seedGroups(project, { ...run, iterationId: id }, run.questionIds);
});

type Params = { readonly runId: string; readonly questionId: string };
const ids = (): Params => ({ runId: run.runId, questionId: run.questionIds[0] ?? '' });

const open = (search: string, params: Params = ids()) => {
  const request = () => new Request(`http://localhost:3000/${search}`);
  const context = { params: Promise.resolve(params) };
  return {
    comparison: () => comparisonRoute(request(), {}),
    intervals: () => intervalsRoute(request(), {}),
    flips: () => flipsRoute(request(), {}),
    question: () => questionRoute(request(), context),
    walk: () => walkRoute(request(), context),
    lengths: () => lengthsRoute(request(), {}),
    steps: () => stepsRoute(request(), {}),
    within: () => withinRoute(request(), {}),
    pairs: () => lengthPairsRoute(request(), {}),
    extremes: () => extremesRoute(request(), {}),
    curves: () => curvesRoute(request(), context),
    benchmarks: () => benchmarksRoute(request(), context),
    outcomes: () => outcomesRoute(request(), context),
    findings: () => findingsRoute(request(), context),
    slices: () => slicesRoute(request(), {}),
  };
};

const flip = 'aspect=accuracy&from=fails&to=holds';
const slice = (k: number | string, stage = 'grpo') => `slice=${run.runId}.${k}.${stage}`;
const names = ['slice', 'set', 'kind', 'with', 'curveSet', 'curveK', 'run', 'group', 'cursor', 'flip', 'facet', 'unit'];
const everywhere = (value: string): string => names.map((name) => `${name}=${value}`).join('&');

const absurd: readonly (readonly [string, () => string])[] = [
  ['nothing', () => ''],
  ['NUL everywhere', () => `?${slice(0)}&${slice(0, 'eval')}&${flip}&${everywhere('%00')}`],
  ['half of a pair', () => `?${slice(0)}&${slice(1)}&${flip}&${everywhere('%ED%A0%80')}`],
  ['what is no UTF-8', () => `?${slice(0)}&${slice(1)}&${flip}&${everywhere('%FF%FE')}`],
  ['a k beyond every integer', () => `?${slice(99_999_999_999)}&${slice('1e9')}&${slice(-1)}&${flip}`],
  ['the largest k', () => `?${slice(999_999)}&${slice(0)}&${flip}&curveK=999999`],
  ['one slice a thousand times', () => `?${Array.from({ length: 1_000 }, () => slice(0)).join('&')}&${flip}`],
  [
    'the same slice as baseline and as other',
    () => `?${slice(0)}&${slice(0).toUpperCase().replace('SLICE', 'slice')}&${flip}`,
  ],
  ['more slices than one chart holds', () => `?${Array.from({ length: 500 }, (_, k) => slice(k)).join('&')}`],
  [
    'twelve slices and more sets than there are',
    () =>
      `?${Array.from({ length: MOST_SLICES }, (_, at) => slice(at % 2 === 0 ? 0 : 999_999, ['grpo', 'eval', 'dpo', 'verify', 'curate', 'activation'][at >> 1] ?? 'grpo')).join('&')}&${Array.from({ length: 5_000 }, () => `set=${randomUUID()}`).join('&')}`,
  ],
  ['tens of thousands of names', () => `?${Array.from({ length: 30_000 }, (_, at) => `a${at}=${at}`).join('&')}`],
  ['names of objects', () => `?__proto__=1&constructor=2&toString=3&${slice(0)}&${slice(999_999)}&${flip}`],
  ['a cursor of no list', () => `?${slice(0)}&${slice(999_999)}&${flip}&cursor=9e999~${randomUUID()}`],
  ['words of SQL', () => `?${slice(0)}&${slice(999_999)}&${flip}&${everywhere("'%3B DROP TABLE rollout%3B --")}`],
];

describe.each(absurd)('%s', (_name, search) => {
  test('every door answers in words', async () => {
    for (const [door, go] of Object.entries(open(search()))) {
      const response = await go();
      expect([200, 400, 404], `${door}: ${response.status}`).toContain(response.status);
      const answer: unknown = await response.json();
      if (response.status !== 200) expect(answer).toMatchObject({ error: { message: expect.any(String) } });
    }
  });
});

test.each(['', '%00', '..', "' OR 1=1", '0', '\0', 'x'.repeat(1_000)])(
  '%.20s is no run and no question',
  async (id) => {
    const doors = open('', { runId: id, questionId: id });
    for (const door of ['curves', 'benchmarks', 'outcomes', 'findings', 'question', 'walk'] as const) {
      expect([door, (await doors[door]()).status]).toEqual([door, 400]);
    }
  },
);

test('a crowd at every door is answered: whoever waits for one thing holds nothing that another waits for', async () => {
  const { findings, intervals, ...others } = open(`?run=${run.runId}&${slice(0)}&${slice(999_999)}&${flip}`);
  const crowd = Array.from({ length: 18 }, () => [findings, intervals, ...Object.values(others)]).flat();
  const statuses = await Promise.all(crowd.map(async (go) => (await go()).status));
  expect(statuses).toEqual(crowd.map(() => 200));
});

test('a hostile name comes whole, as text', async () => {
  const response = await open(`?${slice(0)}&${slice(999_999)}`).comparison();
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(JSON.stringify(await response.json())).toContain(JSON.stringify(hostileName).slice(1, -1));
});

test.each([
  'https://elsewhere.example/compare',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:alert(1)',
  '/compare/../settings',
  '/compare#//elsewhere.example',
  '/compare?x',
  ' /compare',
  '/compare\0',
  '/settings',
])('no view leads to %j', async (path) => {
  expect(await viewActions.keepView({ name: `to ${randomUUID()}`, path, query: '' })).toMatchObject({
    ok: false,
    error: { code: 'invalid' },
  });
});

test.each([
  ['', false],
  ['\ud800', false],
  ['a\0b', false],
  ['x'.repeat(10_000), false],
  ['<script>alert(1)</script>', true],
  ['\u202eRTL', true],
  ['=cmd|calc', true],
])('a view called %.20s is kept: %s', async (name, isKept) => {
  expect(await viewActions.keepView({ name, path: '/compare', query: 'slice=x#//y' })).toMatchObject({ ok: isKept });
});
