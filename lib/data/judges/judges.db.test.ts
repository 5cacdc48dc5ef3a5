import { afterEach, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject } from '@/lib/data/testing/seed';
import { saveVerifierVersion } from '@/lib/data/verifier/save';
import { judgeChangeSchema, judgeRegistrationSchema } from '@/lib/domain/judge/judge';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { startTestJudge, type TestJudge } from '@/lib/judge/testing/server';
import { judgeLedger } from './ledger';
import { listJudges } from './read';
import { changeJudge, registerJudge, removeJudge } from './register';
import { tryJudge, tryUnsavedJudge } from './trial';
import { readWorkingJudge } from './working';

const KEY = 'sk-a-key-of-the-tests';
const form = judgeRegistrationSchema.parse({
  name: 'qwen',
  model: 'test-judge',
  heldOut: false,
  temperature: 0,
  maxTokens: 256,
  key: KEY,
  url: 'http://127.0.0.1:9',
  concurrency: 2,
  timeoutSeconds: 5,
  usdPerMillionInput: 1,
  usdPerMillionOutput: 2,
  tokenBudget: 1_000_000,
  usdBudget: null,
});
const { name: _n, model: _m, heldOut: _h, temperature: _t, maxTokens: _x, key: _k, ...means } = form;
const missing = { code: 'not_found' };

let server: TestJudge;
beforeEach(async () => {
  server = await startTestJudge();
});
afterEach(() => server.close());

test('a registered judge is listed without its key, which only the worker gets', async () => {
  const { owner, projectId } = await seedProject();
  const id = await registerJudge(owner, form);
  const [view] = await listJudges(owner);
  expect(view).toMatchObject({ id, name: 'qwen', url: 'http://127.0.0.1:9/v1', hasKey: true, tokenBudget: 1_000_000 });
  expect(view).toMatchObject({ promptVersion: 1, use: { answered: 0, p50Ms: null, lastError: null }, versions: [] });
  expect(JSON.stringify(view)).not.toContain(KEY);
  expect(await readWorkingJudge(projectId, id)).toMatchObject({ address: { key: KEY }, concurrency: 2 });
  const { apiKey } = await db.judge.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(apiKey ?? []).toString('latin1')).not.toContain(KEY);
});

test('a stranger sees, changes, tries and removes nothing; a reviewer sees only', async () => {
  const { owner, reviewer, projectId } = await seedProject();
  const other = await seedProject();
  const id = await registerJudge(owner, { ...form, url: server.url });
  expect(await listJudges(other.owner)).toEqual([]);
  expect(await listJudges(reviewer)).toMatchObject([{ id }]);
  await expect(readWorkingJudge(other.projectId, id)).rejects.toMatchObject(missing);
  for (const viewer of [other.owner, reviewer]) {
    await expect(changeJudge(viewer, id, means)).rejects.toMatchObject(missing);
    await expect(removeJudge(viewer, id)).rejects.toMatchObject(missing);
    await expect(tryJudge(viewer, id)).rejects.toMatchObject(missing);
  }
  await expect(registerJudge(reviewer, form)).rejects.toMatchObject(missing);
  await expect(tryUnsavedJudge(reviewer, form)).rejects.toMatchObject(missing);
  expect(server.sent).toEqual([]);
  await registerJudge(other.owner, form); // Names are taken per project.
  await expect(registerJudge(owner, form)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/“qwen” already/),
  });
  expect((await readWorkingJudge(projectId, id)).address.url).toBe(server.url);
});

test('means change, what it says does not, and a key stays until it is given', async () => {
  const { owner, projectId } = await seedProject();
  const id = await registerJudge(owner, form);
  await changeJudge(owner, id, { ...means, concurrency: 32, tokenBudget: null, usdBudget: 1.5 });
  expect(await readWorkingJudge(projectId, id)).toMatchObject({ concurrency: 32, address: { key: KEY } });
  const elsewhere = { ...means, url: 'https://elsewhere.example/v1' };
  await expect(changeJudge(owner, id, elsewhere)).rejects.toMatchObject({ code: 'invalid' });
  await changeJudge(owner, id, { ...means, url: 'http://127.0.0.1:9/other/v1' });
  expect(await readWorkingJudge(projectId, id)).toMatchObject({ address: { key: KEY } });
  await changeJudge(owner, id, { ...elsewhere, key: 'sk-new' });
  expect(await readWorkingJudge(projectId, id)).toMatchObject({ address: { key: 'sk-new' } });
  await changeJudge(owner, id, { ...means, key: 'sk-another' });
  expect(await readWorkingJudge(projectId, id)).toMatchObject({ address: { key: 'sk-another' } });
  await changeJudge(owner, id, { ...means, key: null });
  expect(await listJudges(owner)).toMatchObject([{ hasKey: false, model: 'test-judge' }]);
  expect(judgeChangeSchema.parse({ ...means, model: 'another', heldOut: true })).not.toHaveProperty('model');
});

test('a judge that a version names stays, another one goes with what it said', async () => {
  const { owner } = await seedProject();
  const id = await registerJudge(owner, form);
  const held = await registerJudge(owner, { ...form, name: 'held', heldOut: true });
  await saveVerifierVersion(owner, { name: 'Judged', settings: { ...defaultVerifierSettings, judgeId: id } });
  await expect(removeJudge(owner, id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/^Version 1 names qwen/),
  });
  expect(await listJudges(owner)).toMatchObject([{ id, versions: [{ number: 1, runs: [] }] }, { id: held }]);
  await removeJudge(owner, held);
  expect(await listJudges(owner)).toMatchObject([{ id }]);
});

test('a trial says what came, how fast and in which form; a saved judge pays for it', async () => {
  const { owner } = await seedProject();
  const trial = await tryUnsavedJudge(owner, { ...form, url: server.url });
  expect(trial).toMatchObject({ ok: true, sentence: expect.stringMatching(/reads B/), structured: true });
  expect(trial.latencyMs).toBeGreaterThanOrEqual(0);
  const id = await registerJudge(owner, { ...form, url: server.url });
  await tryJudge(owner, id);
  server.faults.unstructured = true;
  server.faults.malformed = 'Who knows?';
  expect(await tryJudge(owner, id)).toMatchObject({
    ok: false,
    raw: 'Who knows?',
    sentence: expect.stringMatching(/not in the form/),
  });
  const [view] = await listJudges(owner);
  expect(view?.use).toMatchObject({ answered: 1, malformed: 1, p50Ms: expect.any(Number) });
  expect(view?.spentUsd).toBeGreaterThan(0);
  expect(server.sent.length).toBeGreaterThanOrEqual(3);
});

test.each([
  [401, /refuses the key/],
  [404, /does not know this model/],
  [400, /refuses this request: HTTP 400/],
])('a trial says in words what is wrong: HTTP %i', async (status, sentence) => {
  const { owner } = await seedProject();
  server.faults.fail = { times: 9, status };
  const trial = await tryUnsavedJudge(owner, { ...form, url: server.url });
  expect(trial).toMatchObject({ ok: false, sentence: expect.stringMatching(sentence), latencyMs: null });
  expect(JSON.stringify(trial)).not.toContain(KEY);
});

test('the books hold over any number of processes: many at once never reserve more than there is', async () => {
  const { owner } = await seedProject();
  const id = await registerJudge(owner, { ...form, tokenBudget: 1_000 });
  const ledgers = Array.from({ length: 4 }, () => judgeLedger(id));
  const worst = { inputTokens: 60, outputTokens: 40 };
  const opened = await Promise.all(
    Array.from({ length: 40 }, (_, at) => ledgers[at % 4]?.open(`content ${at}`, worst)),
  );
  expect(opened.filter((one) => one?.state === 'send')).toHaveLength(10);
  expect(opened.filter((one) => one?.state === 'wait')).toHaveLength(30);
  for (const one of opened) {
    if (one?.state !== 'send') continue;
    const answer = { state: 'open', concluded: null, quote: null, raw: '' } as const;
    const end = { state: 'answered', usage: { inputTokens: 90, outputTokens: 10 }, latencyMs: 3, answer } as const;
    await ledgers[0]?.close(one.callId, end);
    await ledgers[1]?.close(one.callId, end); // Twice is once.
  }
  expect(await ledgers[0]?.open('another', worst)).toEqual({ state: 'spent' });
  expect(await ledgers[0]?.open('content 0', worst)).toMatchObject({ state: 'known' });
  expect(await listJudges(owner)).toMatchObject([{ spentTokens: 1_000, use: { answered: 10, inputTokens: 900 } }]);
});

test('two who ask the same wait for one answer', async () => {
  const { owner } = await seedProject();
  const id = await registerJudge(owner, form);
  const [first, second] = [judgeLedger(id), judgeLedger(id)];
  const worst = { inputTokens: 1, outputTokens: 1 };
  const sent = await first.open('same', worst);
  expect(await second.open('same', worst)).toEqual({ state: 'wait' });
  const failed = {
    state: 'failed',
    usage: { inputTokens: 0, outputTokens: 0 },
    latencyMs: 1,
    failure: 'server',
    sentence: 'No.',
  } as const;
  if (sent.state === 'send') await first.close(sent.callId, failed);
  expect(await second.open('same', worst)).toMatchObject({ state: 'send' });
  expect(await listJudges(owner)).toMatchObject([
    { use: { failures: [{ kind: 'server', count: 1 }], underWay: 1, lastError: { sentence: 'No.' } } },
  ]);
});
