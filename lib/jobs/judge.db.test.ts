import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { getJudgeFigures } from '@/lib/data/judges/figures';
import { listJudges } from '@/lib/data/judges/read';
import { changeJudge } from '@/lib/data/judges/register';
import { readWorkingJudge } from '@/lib/data/judges/working';
import { seedProject } from '@/lib/data/testing/seed';
import { correctVerdict } from '@/lib/data/verdicts/correct';
import { readVerifyTarget } from '@/lib/data/verdicts/unverified';
import { disagreementOf, sumAgreement } from '@/lib/domain/judge/figures';
import type { JudgeScope } from '@/lib/domain/judge/job';
import { startTestJudge, type TestJudge } from '@/lib/judge/testing/server';
import { closeSendingBoss } from './boss';
import { judgeJob, queueJudging } from './judge-iteration';
import { judgeOpen } from './judge-open';
import { judgeIteration, judgeScope } from './judge-rollouts';
import { rolloutLine } from './testing';
import { type JudgedRun, readVague, seedJudge, seedJudgedRun, useJudge, vagueChain, vagueLines } from './testing-judge';
import { verifyNow } from './verify-now';

let server: TestJudge;
beforeEach(async () => {
  server = await startTestJudge({ answer: readVague });
});
afterEach(() => server.close());
afterAll(closeSendingBoss);

const never = new AbortController().signal;
const quiet = () => undefined;
const OPEN: JudgeScope = { kind: 'open' };

const targetOf = ({ project, iterationId }: JudgedRun) => readVerifyTarget(project.projectId, iterationId);
const judgeAll = async (run: JudgedRun, signal = never) => judgeIteration(await targetOf(run), signal, quiet);
const report = async (run: JudgedRun, judgeId: string, size: number | null = null) =>
  judgeScope(
    await targetOf(run),
    await readWorkingJudge(run.project.projectId, judgeId),
    { kind: 'sample', size, seed: 1 },
    never,
    quiet,
  );
const standings = async ({ runId }: JudgedRun) =>
  (await db.rollout.findMany({ where: { runId }, orderBy: { seq: 'asc' }, select: { consistency: true } })).map(
    ({ consistency }) => consistency,
  );
const viewOf = async ({ project }: JudgedRun, id: string) => {
  const view = (await listJudges(project.owner)).find((judge) => judge.id === id);
  if (!view) throw new Error('no such judge');
  return view;
};
const figures = ({ project, runId }: JudgedRun) => getJudgeFigures(project.owner, runId, null);

test('the judge decides what the rules left open, with its quote; again costs nothing', async () => {
  const run = await seedJudgedRun([
    ...vagueLines(4),
    rolloutLine('sure', '<think>So the answer is A.</think><answer>A</answer>'),
  ]);
  expect(await standings(run)).toEqual([...Array(4).fill('undetermined'), 'consistent']);
  const judgeId = await seedJudge(run, server.url);
  await useJudge(run, judgeId);
  expect(await figures(run)).toMatchObject({ decided: { rules: 1, nobody: 4 }, waiting: 4 });

  expect(await judgeAll(run)).toEqual(expect.objectContaining({ judged: 4, left: 0, sentence: null }));
  expect(await standings(run)).toEqual(['consistent', 'inconsistent', 'consistent', 'inconsistent', 'consistent']);
  expect(server.sent).toHaveLength(4);
  expect(await figures(run)).toMatchObject({ decided: { rules: 1, judge: 4, people: 0, nobody: 0 }, waiting: 0 });
  const said = await db.judgement.findFirstOrThrow({
    where: { judgeId, consistency: 'inconsistent' },
    include: { rollout: { select: { rolloutText: true } } },
  });
  expect(said).toMatchObject({ reason: 'The judge reads B, the answer says A', concluded: 'B', cached: false });
  const [quote] = JSON.parse(JSON.stringify(said.evidence));
  expect(said.rollout.rolloutText?.response.slice(quote.start, quote.end)).toMatch(/^The second one fits .*\.$/);

  expect(await judgeAll(run)).toMatchObject({ judged: 0, left: 0, sentence: null });
  expect(server.sent).toHaveLength(4);
  expect(server.keys).toEqual(Array(4).fill('Bearer sk-the-key-of-the-tests'));
});

test('neither an answer nor a truth is ever sent', async () => {
  const asked = { kind: 'text', options: [], truth: 'ZXTRUTH the reference' };
  const run = await seedJudgedRun([
    rolloutLine(
      'a',
      '<think>It shows many things at once, one after another.</think><answer>ZXANSWER</answer>',
      {},
      asked,
    ),
    rolloutLine(
      'b',
      '<think>Much to see <answer>ZXINSIDE</answer> and no end to it.</think><answer>ZXANSWER</answer>',
      {},
      asked,
    ),
    rolloutLine('c', 'Much to see here.</think><answer>ZXFIRST</answer><answer>ZXANSWER</answer>', {}, asked),
    rolloutLine('d', '<think>Much to look at here. <answer>ZXANSWER</answer>', { finishReason: 'stop' }, asked),
  ]);
  await useJudge(run, await seedJudge(run, server.url));
  await judgeAll(run);
  const held = await seedJudge(run, server.url, { name: 'held', heldOut: true });
  await report(run, held);
  expect(server.sent.length).toBeGreaterThanOrEqual(6);
  expect(server.sent.join('\n')).toMatch(/What is in a\?/);
  expect(server.sent.join('\n')).not.toMatch(/ZX|TRUTH/);
});

test('the same words are asked once, also when they come at the same time', async () => {
  const run = await seedJudgedRun(
    ['B', 'A', 'B', 'A', 'B', 'A'].map((answer) => rolloutLine('q', vagueChain(1, 'second', answer))),
  );
  // Equal texts of a group are one rollout on import; these differ in their answers alone.
  const judgeId = await seedJudge(run, server.url);
  await useJudge(run, judgeId);
  server.faults.delayMs = 50;
  const rollouts = (await standings(run)).length;
  expect(await judgeAll(run)).toMatchObject({ judged: rollouts, left: 0 });
  expect(server.sent).toHaveLength(1);
  const { use } = await viewOf(run, judgeId);
  expect(use).toMatchObject({ answered: 1, judgements: rollouts, cached: rollouts - 1 });
});

test('no more requests at once than the judge allows, over all tasks', async () => {
  const run = await seedJudgedRun(vagueLines(24));
  const judgeId = await seedJudge(run, server.url, { concurrency: 3 });
  await useJudge(run, judgeId);
  server.faults.delayMs = 60;
  const [open, all] = await Promise.all([judgeAll(run), report(run, judgeId)]);
  expect(open.judged + all.judged).toBe(24);
  expect(server.peak()).toBeLessThanOrEqual(3);
  expect(server.peak()).toBeGreaterThan(1);
  expect(server.sent).toHaveLength(24);
});

test('a budget is never passed, eight at once, and raising it goes on', async () => {
  const run = await seedJudgedRun(vagueLines(40));
  const judgeId = await seedJudge(run, server.url, { tokenBudget: 12_000 });
  await useJudge(run, judgeId);
  server.faults.delayMs = 10;
  const first = await judgeAll(run);
  expect(first.judged).toBeGreaterThan(8);
  expect(first.left).toBe(40 - first.judged);
  expect(first.sentence).toMatch(/budget of test judge has no room .* rollouts stay undetermined\.$/);
  const spent = await viewOf(run, judgeId);
  expect(spent.spentTokens).toBeLessThanOrEqual(12_000);
  expect(spent.spentTokens).toBe(spent.use.inputTokens + spent.use.outputTokens);
  const { url, concurrency, timeoutSeconds, usdPerMillionInput, usdPerMillionOutput } = spent;
  const means = { url, concurrency, timeoutSeconds, usdPerMillionInput, usdPerMillionOutput, usdBudget: null };
  await changeJudge(run.project.owner, judgeId, { ...means, tokenBudget: null });
  expect(await judgeAll(run)).toMatchObject({ judged: first.left, left: 0, sentence: null });
  expect(server.sent).toHaveLength(40);
});

test('a budget in dollars holds as well', async () => {
  const run = await seedJudgedRun(vagueLines(20));
  const judgeId = await seedJudge(run, server.url, { usdBudget: 0.008, concurrency: 8 });
  await useJudge(run, judgeId);
  server.faults.silentUsage = true; // Whoever does not say what it used is counted at its worst.
  const { judged, left } = await judgeAll(run);
  const { spentUsd } = await viewOf(run, judgeId);
  expect(spentUsd).toBeLessThanOrEqual(0.008);
  expect([judged > 0, left > 0]).toEqual([true, true]);
});

test('a judge that is down fails nothing, says so, and leaves a task to resume', async () => {
  const run = await seedJudgedRun(vagueLines(6));
  const judgeId = await seedJudge(run, server.url);
  await useJudge(run, judgeId);
  const { port } = new URL(server.url);
  await server.close();
  const began = performance.now();
  const said = await judgeOpen(await targetOf(run), run.project.owner, never);
  expect(performance.now() - began).toBeLessThan(40_000);
  expect(said).toMatchObject({ judged: 0, left: 6 });
  expect(said.sentence).toMatch(/cannot be reached: ECONNREFUSED\. 6 rollouts stay undetermined\.$/);
  await judgeOpen(await targetOf(run), run.project.owner, never);
  const tasks = await db.task.findMany({ where: { kind: 'judge', projectId: run.project.projectId } });
  expect(tasks).toMatchObject([
    { state: 'failed', error: said.sentence, title: 'Judge what is open of r, iteration 0, with test judge' },
  ]);

  server = await startTestJudge({ answer: readVague, port: Number(port) });
  const [task] = tasks;
  await db.task.update({ where: { id: task?.id ?? '' }, data: { state: 'queued' } });
  await judgeJob.perform(task?.id ?? '', never);
  expect(await db.task.findUnique({ where: { id: task?.id ?? '' } })).toMatchObject({
    state: 'done',
    result: { judged: 6, left: 0 },
  });
}, 60_000);

test('verifying a run asks its judge too, and goes on without it', async () => {
  const run = await seedJudgedRun(vagueLines(3));
  await useJudge(run, await seedJudge(run, server.url));
  expect(await verifyNow(run.project.owner, 'r', undefined, quiet)).toMatchObject([{ judge: { judged: 3, left: 0 } }]);
  server.faults.fail = { times: 99, status: 401 };
  const other = await seedJudge(run, server.url, { name: 'another' });
  await useJudge(run, other);
  expect(await verifyNow(run.project.owner, 'r', undefined, quiet)).toMatchObject([
    { judge: { judged: 0, left: 3, sentence: expect.stringMatching(/refuses the key/) } },
  ]);
  expect(await standings(run)).toEqual(Array(3).fill('undetermined'));
});

test('one text that a server refuses stops nothing', async () => {
  const run = await seedJudgedRun(vagueLines(12));
  const judgeId = await seedJudge(run, server.url, { concurrency: 1 });
  await useJudge(run, judgeId);
  const refused = { times: 0, status: 413 };
  server.faults.fail = refused;
  const timer = setInterval(() => {
    if (server.sent.length < 3) return;
    refused.times = 8; // Two for each of four texts: with the schema and without.
    clearInterval(timer);
  }, 2);
  server.faults.delayMs = 30;
  const { judged, left } = await judgeAll(run);
  expect(judged + left).toBe(12);
  expect(left).toBe(4);
  expect(await judgeAll(run)).toMatchObject({ judged: 4, left: 0 });
});

test('malformed answers leave it undetermined, kept with their text, and are not asked again', async () => {
  const run = await seedJudgedRun(vagueLines(2));
  const judgeId = await seedJudge(run, server.url);
  await useJudge(run, judgeId);
  server.faults.malformed = 'I think it is fine.';
  expect(await judgeAll(run)).toMatchObject({ judged: 2, left: 0, sentence: null });
  expect(await standings(run)).toEqual(['undetermined', 'undetermined']);
  expect(await db.judgeAnswer.findMany({ where: { judgeId } })).toMatchObject([
    { state: 'malformed', raw: 'I think it is fine.' },
    { state: 'malformed', raw: 'I think it is fine.' },
  ]);
  expect((await viewOf(run, judgeId)).use).toMatchObject({ malformed: 2, answered: 0, undetermined: 2 });
  await judgeAll(run);
  expect(server.sent).toHaveLength(2);
});

test('stopped in the middle it goes on where it was, and pays for nothing twice', async () => {
  const run = await seedJudgedRun(vagueLines(30));
  const judgeId = await seedJudge(run, server.url, { concurrency: 4 });
  await useJudge(run, judgeId);
  server.faults.delayMs = 15;
  const stop = new AbortController();
  const first = await judgeIteration(await targetOf(run), stop.signal, (done) => {
    if (done >= 5) stop.abort();
  });
  expect(first.judged).toBeGreaterThanOrEqual(5);
  expect(first.judged).toBeLessThan(30);
  expect(first.sentence).toBeNull();
  expect(await judgeAll(run)).toMatchObject({ judged: 30 - first.judged, left: 0 });
  expect(server.sent).toHaveLength(30);
});

test('what a killed process had paid for is found, and what it had under way is reserved until its lease is over', async () => {
  const run = await seedJudgedRun(vagueLines(3));
  const judgeId = await seedJudge(run, server.url);
  await useJudge(run, judgeId);
  await judgeAll(run);
  // As a kill between the answer and the judgement leaves it.
  await db.judgement.deleteMany({ where: { judgeId } });
  const open = { where: { runId: run.runId }, data: { consistency: 'undetermined' } };
  await db.rollout.updateMany(open);
  expect(await judgeAll(run)).toMatchObject({ judged: 3, left: 0 });
  expect(server.sent).toHaveLength(3);
  // As a kill during a request leaves it.
  const [answer] = await db.judgeAnswer.findMany({ where: { judgeId }, take: 1 });
  const content = answer?.contentSha256 ?? '';
  await db.judgement.deleteMany({ where: { judgeId, contentSha256: content } });
  await db.judgeAnswer.deleteMany({ where: { judgeId, contentSha256: content } });
  await db.rollout.updateMany(open);
  const lost = { judgeId, contentSha256: content, state: 'sent', latencyMs: 0, inputTokens: 10 };
  await db.judgeCall.create({ data: { ...lost, createdAt: new Date(Date.now() - 18_500) } });
  const began = performance.now();
  expect(await judgeAll(run)).toMatchObject({ judged: 1, left: 0 });
  expect(performance.now() - began).toBeGreaterThan(1_000);
  expect(server.sent).toHaveLength(4);
  await judgeAll(run);
  expect((await viewOf(run, judgeId)).use).toMatchObject({ underWay: 0, failed: 1, failures: [{ kind: 'network' }] });
});

test('a held-out judge reports on a seeded sample and changes no standing', async () => {
  const lines = [
    ...vagueLines(6),
    rolloutLine('sure', '<think>The first one fits. So the answer is A.</think><answer>A</answer>'),
    rolloutLine('lies', '<think>The second one fits all of it. So the answer is B.</think><answer>A</answer>'),
  ];
  const run = await seedJudgedRun(lines);
  await useJudge(run, await seedJudge(run, server.url));
  await judgeAll(run);
  const contrary = await startTestJudge({
    answer: (prompt) => readVague(prompt).replace(/"conclusion":"B"/, '"conclusion":"A"'),
  });
  const held = await seedJudge(run, contrary.url, { name: 'held', heldOut: true });
  const before = await standings(run);
  expect(await report(run, held, 5)).toMatchObject({ judged: 5, left: 0 });
  expect(await report(run, held, 5)).toMatchObject({ judged: 0, left: 0 });
  expect(await report(run, held)).toMatchObject({ judged: 3, left: 0 });
  await contrary.close();
  expect(await standings(run)).toEqual(before);

  const { reports } = await figures(run);
  expect(reports).toHaveLength(1);
  const [own] = reports;
  const table = sumAgreement(own?.agreement.map((row) => row.table) ?? []);
  expect(disagreementOf(table)).toMatchObject({ count: 7, total: 8 });
  expect(own?.agreement.map(({ by }) => by).sort()).toEqual(['judge', 'rules']);
  expect(own?.disagreements).toHaveLength(7);
  expect(own?.disagreements[0]).toMatchObject({
    inForce: 'consistent',
    says: 'inconsistent',
    by: 'judge',
    iteration: 0,
  });
});

test('what a person corrected is the person’s, and is not asked about', async () => {
  const run = await seedJudgedRun(vagueLines(2));
  const [first] = await db.rollout.findMany({ where: { runId: run.runId }, orderBy: { seq: 'asc' } });
  await correctVerdict(run.project.reviewer, {
    decisionId: crypto.randomUUID(),
    rolloutId: first?.id ?? '',
    correction: { check: 'consistency', value: 'inconsistent' },
    reason: 'I read it',
  });
  await useJudge(run, await seedJudge(run, server.url));
  await judgeAll(run);
  expect(server.sent).toHaveLength(1);
  expect(await standings(run)).toEqual(['inconsistent', 'inconsistent']);
  expect((await figures(run)).decided).toEqual({ rules: 0, judge: 1, people: 1, nobody: 0 });
});

test('people ask for a judge’s work on their own runs only', async () => {
  const run = await seedJudgedRun(vagueLines(1));
  const stranger = await seedProject();
  const judgeId = await seedJudge(run, server.url);
  const wanted = { judgeId, runId: run.runId, iterationId: null, scope: OPEN };
  await expect(queueJudging(run.project.owner, wanted)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/does not name test judge/),
  });
  await useJudge(run, judgeId);
  expect(await queueJudging(run.project.owner, wanted)).toHaveLength(1);
  for (const viewer of [stranger.owner, run.project.reviewer]) {
    await expect(queueJudging(viewer, wanted)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(queueJudging(run.project.owner, { ...wanted, runId: crypto.randomUUID() })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(getJudgeFigures(stranger.owner, run.runId, null)).rejects.toMatchObject({ code: 'not_found' });
});
