/** Who comes through the verifier's doors: nobody without a session, and of those with one only those who may. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import * as calibrationActions from '@/lib/actions/calibration';
import * as judgeActions from '@/lib/actions/judges';
import * as tokenizerActions from '@/lib/actions/tokenizers';
import * as verifierActions from '@/lib/actions/verifier';
import { drawSample } from '@/lib/data/calibration/draw';
import { exportLabels } from '@/lib/data/calibration/export';
import { getLabelItem } from '@/lib/data/calibration/item';
import { addLabel } from '@/lib/data/calibration/label';
import { getReport } from '@/lib/data/calibration/report';
import { getSample, listSamples } from '@/lib/data/calibration/samples';
import { db } from '@/lib/data/db';
import { getJudgeFigures } from '@/lib/data/judges/figures';
import { listJudges } from '@/lib/data/judges/read';
import { changeJudge, registerJudge, removeJudge } from '@/lib/data/judges/register';
import { tryJudge } from '@/lib/data/judges/trial';
import { insiders, outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { listTokenizers } from '@/lib/data/tokenizers/read';
import { removeTokenizer, storeTokenizer } from '@/lib/data/tokenizers/store';
import { compareVersions } from '@/lib/data/verifier/compare';
import { getRunChange } from '@/lib/data/verifier/run-change';
import { saveVerifierVersion } from '@/lib/data/verifier/save';
import { listVerifierVersions } from '@/lib/data/verifier/versions';
import { getSensitivities, getWhatIf } from '@/lib/data/verifier/what-if';
import type { Viewer } from '@/lib/data/viewer';
import { judgeRegistrationSchema } from '@/lib/domain/judge/judge';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { queueJudging } from '@/lib/jobs/judge-iteration';
import { moveRunToVersion } from '@/lib/jobs/use-version';
import { GET as exportRoute } from './calibration/samples/[sampleId]/export/route';
import { GET as itemRoute } from './calibration/samples/[sampleId]/items/[position]/route';
import { POST as labelRoute } from './calibration/samples/[sampleId]/labels/route';
import { GET as reportRoute } from './calibration/samples/[sampleId]/report/route';
import { GET as sampleRoute } from './calibration/samples/[sampleId]/route';
import { GET as samplesRoute } from './calibration/samples/route';
import { GET as figuresRoute } from './judges/figures/route';
import { GET as judgesRoute } from './judges/route';
import { POST as tokenizerRoute } from './tokenizers/route';
import { GET as compareRoute } from './verifier/compare/route';
import { GET as runChangeRoute } from './verifier/run-change/route';
import { GET as sensitivityRoute } from './verifier/sensitivity/route';
import { GET as whatIfRoute } from './verifier/what-if/route';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const registration = judgeRegistrationSchema.parse({
  name: 'judge',
  model: 'model',
  heldOut: false,
  temperature: 0,
  maxTokens: 64,
  key: 'sk-never-shown',
  url: 'http://127.0.0.1:9',
  concurrency: 1,
  timeoutSeconds: 1,
  usdPerMillionInput: 0,
  usdPerMillionOutput: 0,
  tokenBudget: 0,
  usdBudget: null,
});
const tokenizerFile = new TextEncoder().encode(
  JSON.stringify({
    added_tokens: [],
    normalizer: null,
    post_processor: null,
    decoder: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    model: { type: 'WordLevel', vocab: { '<unk>': 0 }, unk_token: '<unk>' },
  }),
);

type Seeded = SeededProject & {
  readonly run: SeededRun;
  readonly versionId: string;
  readonly judgeId: string;
  readonly sampleId: string;
  readonly tokenizer: { readonly id: string; readonly sha256: string };
};
let mine: Seeded;
let theirs: Seeded;

const seed = async (): Promise<Seeded> => {
  const project = await seedProject();
  const { owner } = project;
  const run = await seedRun(project, { groups: 3 });
  const { verifierVersionId: versionId } = await db.run.findUniqueOrThrow({ where: { id: run.runId } });
  const judgeId = await registerJudge(owner, registration);
  const request = { runId: run.runId, iterationId: null, size: 4, checks: ['consistency' as const], seed: 1 };
  const [sampleId, tokenizer] = [await drawSample(owner, request), await storeTokenizer(owner, 'words', tokenizerFile)];
  return { ...project, run, versionId, judgeId, sampleId, tokenizer };
};

let viewers: ReadonlyMap<string, Viewer> = new Map();

beforeAll(async () => {
  [mine, theirs] = [await seed(), await seed()];
  viewers = await seedIdentities(mine, theirs);
});

const viewerOf = (name: string): Viewer => viewers.get(name) ?? { userId: 'missing' };

/** Everything that is read by id. */
const reads = (viewer: Viewer) => {
  const { run, versionId, sampleId } = mine;
  const asked = { runId: run.runId, iterationId: null, versionId };
  return [
    () => getWhatIf(viewer, asked, {}),
    () => getSensitivities(viewer, asked),
    () => getRunChange(viewer, run.runId, versionId),
    () => compareVersions(viewer, { runId: run.runId, fromId: versionId, toId: versionId }),
    () => getJudgeFigures(viewer, run.runId, null),
    () => getSample(viewer, sampleId),
    () => getLabelItem(viewer, sampleId, 1),
    () => getReport(viewer, sampleId),
    () => exportLabels(viewer, sampleId),
  ];
};

const label = (viewer: Viewer) =>
  addLabel(viewer, {
    id: randomUUID(),
    sampleId: mine.sampleId,
    position: 1,
    label: { check: 'consistency', value: 'unsure' },
  });

const { name: _n, model: _m, heldOut: _h, temperature: _t, maxTokens: _x, ...means } = registration;

/** What only engineers do. */
const writes = (viewer: Viewer) => {
  const { run, versionId, judgeId, tokenizer } = mine;
  const { runId } = run;
  const scope = { kind: 'sample', size: 1, seed: 1 } as const;
  return [
    () => drawSample(viewer, { runId, iterationId: null, size: 1, checks: ['consistency'], seed: 1 }),
    () => changeJudge(viewer, judgeId, means),
    () => tryJudge(viewer, judgeId),
    () => removeJudge(viewer, judgeId),
    () => queueJudging(viewer, { judgeId, runId, iterationId: null, scope }),
    () => moveRunToVersion(viewer, { runId, versionId }),
    () => removeTokenizer(viewer, tokenizer.id),
  ];
};

describe.each(outsiders)('%s', (name) => {
  test('finds nothing to read, to label or to change', async () => {
    const viewer = viewerOf(name);
    for (const act of [...reads(viewer), ...writes(viewer), () => label(viewer)]) {
      await expect(act(), act.toString()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await listJudges(viewer)).map(({ id }) => id)).not.toContain(mine.judgeId);
    expect((await listSamples(viewer)).map(({ id }) => id)).not.toContain(mine.sampleId);
    expect((await listTokenizers(viewer)).map(({ id }) => id)).not.toContain(mine.tokenizer.id);
    expect((await listVerifierVersions(viewer)).map(({ id }) => id)).not.toContain(mine.versionId);
  });
});

test.each(insiders)('%s reads everything, labels, and sees no key', async (name) => {
  for (const act of reads(viewerOf(name))) await expect(act(), act.toString()).resolves.toBeTruthy();
  await expect(label(viewerOf(name))).resolves.toBeTruthy();
  expect(JSON.stringify(await listJudges(viewerOf(name)))).not.toContain(registration.key);
});

test('a reviewer changes nothing', async () => {
  const { reviewer } = mine;
  const more = [
    () => registerJudge(reviewer, { ...registration, name: 'another' }),
    () => saveVerifierVersion(reviewer, { name: 'mine', settings: defaultVerifierSettings }),
    () => storeTokenizer(reviewer, 'another', tokenizerFile),
  ];
  for (const act of [...writes(reviewer), ...more]) {
    await expect(act(), act.toString()).rejects.toMatchObject({ code: 'not_found' });
  }
});

describe('what belongs to another project cannot be named', () => {
  test.each([
    ['a judge', () => ({ judgeId: theirs.judgeId })],
    ['a tokenizer', () => ({ tokenizer: 'f'.repeat(64) })],
  ])('%s in settings', async (_name, part) => {
    const settings = { ...defaultVerifierSettings, ...part() };
    await expect(saveVerifierVersion(mine.owner, { name: 'x', settings })).rejects.toMatchObject({ code: 'invalid' });
  });

  test.each([
    ['a version for a run', () => moveRunToVersion(mine.owner, { runId: mine.run.runId, versionId: theirs.versionId })],
    [
      'a version in a comparison',
      () => compareVersions(mine.owner, { runId: mine.run.runId, fromId: mine.versionId, toId: theirs.versionId }),
    ],
    [
      'a judge for a run',
      () =>
        queueJudging(mine.owner, {
          judgeId: theirs.judgeId,
          runId: mine.run.runId,
          iterationId: null,
          scope: { kind: 'sample', size: 1, seed: 1 },
        }),
    ],
    [
      'a run for a judge',
      () =>
        queueJudging(mine.owner, {
          judgeId: mine.judgeId,
          runId: theirs.run.runId,
          iterationId: null,
          scope: { kind: 'sample', size: 1, seed: 1 },
        }),
    ],
    [
      'an iteration for a sample',
      () =>
        drawSample(mine.owner, {
          runId: mine.run.runId,
          iterationId: theirs.run.iterationId,
          size: 1,
          checks: ['consistency'],
          seed: 1,
        }),
    ],
  ])('%s', async (_name, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('nobody takes back what another has labelled', async () => {
  await label(mine.owner);
  await addLabel(mine.reviewer, {
    id: randomUUID(),
    sampleId: mine.sampleId,
    position: 1,
    label: { check: 'consistency', value: null },
  });
  const { mine: own } = await getLabelItem(mine.owner, mine.sampleId, 1);
  expect(own.consistency?.value).toBe('unsure');
});

test.each([
  { minAccuracy: -1 },
  { minAccuracy: Number.NaN },
  { maxRepetition: Number.POSITIVE_INFINITY },
  { minThinkTokens: 1e300 },
  { minThinkTokens: 9_000_000_000_000_000 },
  { maxThinkTokens: 0.5 },
])('thresholds that no version may have are refused: %o', async (moved) => {
  const asked = { runId: mine.run.runId, iterationId: null, versionId: mine.versionId };
  await expect(getWhatIf(mine.owner, asked, moved)).rejects.toMatchObject({ code: 'invalid' });
});

const localhost = 'http://localhost:3000';

test('without a session every route answers 401', async () => {
  const { run, versionId: from, sampleId } = mine;
  const query = new URLSearchParams({ run: run.runId, from, to: from });
  const get = new Request(`${localhost}/?${query}`);
  const post = (path: string): Request =>
    new Request(`${localhost}${path}`, { method: 'POST', body: '{}', headers: { host: 'localhost:3000' } });
  const ofSample = { params: Promise.resolve({ sampleId }) };
  const statuses = await Promise.all(
    [
      whatIfRoute(get, {}),
      sensitivityRoute(get, {}),
      runChangeRoute(get, {}),
      compareRoute(get, {}),
      judgesRoute(get, {}),
      figuresRoute(get, {}),
      samplesRoute(get, {}),
      sampleRoute(get, ofSample),
      reportRoute(get, ofSample),
      exportRoute(get, ofSample),
      itemRoute(get, { params: Promise.resolve({ sampleId, position: '1' }) }),
      labelRoute(post('/'), ofSample),
      tokenizerRoute(post('/?name=words'), {}),
    ].map(async (response) => (await response).status),
  );
  expect(statuses).toEqual(statuses.map(() => 401));
});

test('another site hands in no tokenizer, whoever is signed in', async () => {
  const headers = { host: 'localhost:3000', origin: 'https://elsewhere.example' };
  const sent = new Request(`${localhost}/?name=words`, { method: 'POST', body: '{}', headers });
  expect((await tokenizerRoute(sent, {})).status).toBe(403);
});

const refused = z.object({ ok: z.literal(false), error: z.object({ code: z.literal('unauthenticated') }) });

test('without a session every action is refused before it looks at what it is given', async () => {
  const { run, versionId, judgeId: id, tokenizer } = mine;
  const { runId } = run;
  const answers = await Promise.all([
    verifierActions.saveVersion({ name: '', settings: {} }),
    verifierActions.useVersion({ runId, versionId, repropose: false }),
    judgeActions.addJudge(registration),
    judgeActions.tryNewJudge(registration),
    judgeActions.testJudge({ id }),
    judgeActions.updateJudge({ id, ...means }),
    judgeActions.forgetJudge({ id }),
    judgeActions.askAboutRun({ judgeId: id, runId, iterationId: null, scope: { kind: 'open' } }),
    calibrationActions.drawSample({ runId, iterationId: null, checks: [] }),
    tokenizerActions.forgetTokenizer({ id: tokenizer.id }),
  ]);
  for (const answer of answers) expect(refused.safeParse(answer).success).toBe(true);
  const actions = { ...verifierActions, ...judgeActions, ...calibrationActions, ...tokenizerActions };
  expect(answers).toHaveLength(Object.keys(actions).length);
});
