import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { listRunNames } from '@/lib/data/runs/list';
import { getRunOverview } from '@/lib/data/runs/overview';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { RECORDING_FILE, type Recording } from '@/lib/domain/recording/recording';
import { testTrainerInfo } from '@/lib/domain/trainer/testing';
import { closeSendingBoss } from '@/lib/jobs/boss';
import { readRecording } from './read-recording';
import { readRecordedEvents } from './recorded-events';
import { replayRuns } from './replay';

const EXAMPLE = path.resolve('examples/moving-shapes');
const ALONE = 'grpo-alone';
/** Of grpo-alone, as the example's README states it: right answers of all. */
const HELD_OUT = [
  ['0 eval', 346, 640],
  ['1 eval', 468, 640],
  ['2 eval', 484, 640],
];
const quietly = (): void => undefined;

let project: SeededProject;
let recording: Recording;
let copy: string;
beforeAll(async () => {
  [project, recording, copy] = await Promise.all([
    seedProject(),
    readRecording(EXAMPLE),
    mkdtemp(path.join(tmpdir(), 'veripo-recording-')),
  ]);
});
afterAll(async () => {
  await closeSendingBoss();
  await rm(copy, { recursive: true, force: true });
});

const countAll = async () => ({
  rollouts: await db.rollout.count({ where: { projectId: project.projectId } }),
  verdicts: await db.verdict.count({ where: { rollout: { projectId: project.projectId } } }),
  pairs: await db.pair.count({ where: { projectId: project.projectId } }),
  decisions: await db.decision.count({ where: { projectId: project.projectId } }),
  sets: await db.pairSet.count({ where: { projectId: project.projectId } }),
  checkpoints: await db.checkpoint.count({ where: { projectId: project.projectId } }),
});

/** Rollouts in the log of each job, such as `1 grpo`. */
const recordedRollouts = async ({ iterations }: Recording): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const { k, jobs } of iterations) {
    for (const { kind, events } of jobs) {
      const log = await readRecordedEvents(path.join(EXAMPLE, events), () => undefined);
      counts.set(`${k} ${kind}`, log.filter(({ type }) => type === 'rollout').length);
    }
  }
  return counts;
};

test('the example plays: the loop asks for the very questions and pairs that its trainer was given', async () => {
  // It was stopped in the middle of its second iteration, as by a kill.
  const stop = new AbortController();
  const stopped = replayRuns(project.owner, EXAMPLE, [null], quietly, stop.signal);
  const timer = setInterval(async () => {
    if ((await db.rollout.count({ where: { projectId: project.projectId } })) > 500) stop.abort();
  }, 20);
  await expect(stopped).rejects.toThrow('stopped in');
  clearInterval(timer);
  // A recording that other rules made is refused by its digests (below): when this test fails, verifier, pairs or the
  // curriculum have changed, and `npm run -s record-example` records the run again.
  await replayRuns(project.owner, EXAMPLE, [null], quietly);

  const iterations = await db.iteration.findMany({
    where: { projectId: project.projectId },
    orderBy: { k: 'asc' },
    select: { k: true, state: true, createdAt: true, finishedAt: true, trainerId: true },
  });
  expect(iterations).toEqual(
    recording.iterations.map(({ k, startedAt, finishedAt }) => ({
      k,
      state: 'done',
      createdAt: new Date(startedAt),
      finishedAt: new Date(finishedAt),
      trainerId: null,
    })),
  );
  const counts = await countAll();
  const logged = [...(await recordedRollouts(recording)).values()];
  expect(counts.rollouts).toBe(logged.reduce((sum, count) => sum + count, 0));
  expect(counts.sets).toBe(recording.iterations.filter(({ jobs }) => jobs.some(({ kind }) => kind === 'dpo')).length);

  // Played again, nothing is added.
  const again = await replayRuns(project.owner, EXAMPLE, [null], quietly);
  expect(again).toMatchObject([{ run: recording.run, iterations: 0 }]);
  expect(await countAll()).toEqual(counts);
}, 180_000);

test('only weights that were kept can be gone on with', async () => {
  const run = await db.run.findFirstOrThrow({ where: { projectId: project.projectId, name: recording.run } });
  const checkpoints = await db.checkpoint.findMany({ where: { runId: run.id }, orderBy: { createdAt: 'asc' } });
  const kept = recording.iterations.flatMap(({ jobs }) => jobs.flatMap((job) => job.kept ?? []));
  expect(kept).toHaveLength(1);
  expect(checkpoints.filter((one) => one.kept).map(({ stage, model }) => ({ stage, model }))).toEqual([
    { stage: 'base', model: recording.base },
    { stage: 'dpo', model: { source: 'local', name: kept[0] } },
  ]);

  const lost = checkpoints.find((one) => !one.kept);
  const info = { ...testTrainerInfo, models: [...kept] };
  const trainerId = '00000000-0000-4000-8000-000000000010';
  const row = { id: trainerId, projectId: project.projectId, name: 'here', url: 'http://127.0.0.1:9', state: 'online' };
  await db.trainer.create({ data: { ...row, info } });
  const sets = await db.questionSet.findMany({ where: { projectId: project.projectId } });
  const plan = { evaluate: { questionSets: sets.map(({ id }) => id), settings: {} } };
  const launch = (startCheckpointId: string | null) =>
    launchIteration(project.owner, { run: { id: run.id }, trainerId, startCheckpointId, plan });
  await expect(launch(lost?.id ?? null)).rejects.toThrow('were not kept');
  // Any trainer that has the kept model may go on from the newest.
  const next = Math.max(...recording.iterations.map(({ k }) => k)) + 1;
  expect(await launch(null)).toMatchObject({ runId: run.id, k: next });
});

test('a recording that other rules made is refused in words', async () => {
  const other = await seedProject();
  await cp(EXAMPLE, copy, { recursive: true, filter: (file) => path.basename(file) !== 'models' });
  const text = await readFile(path.join(copy, RECORDING_FILE), 'utf8');
  const digest = recording.iterations[0]?.jobs[0]?.data ?? '';
  await writeFile(path.join(copy, RECORDING_FILE), text.replace(digest, 'ab'.repeat(32)));
  await expect(replayRuns(other.owner, copy, [null], quietly)).rejects.toThrow('Record it again');
});

describe('GRPO alone, beside it', () => {
  test('is the same loop but for pairs and DPO', async () => {
    const alone = await readRecording(EXAMPLE, ALONE);
    const withoutDpo = recording.iterations.map(({ k, plan, jobs }) => ({
      k,
      plan: { ...plan, curate: null, align: null },
      kinds: jobs.map(({ kind }) => kind).filter((kind) => kind !== 'dpo'),
    }));
    expect(alone.iterations.map(({ k, plan, jobs }) => ({ k, plan, kinds: jobs.map(({ kind }) => kind) }))).toEqual(
      withoutDpo,
    );
    expect(alone.base).toEqual(recording.base);
    expect(alone.questionSets).toEqual(recording.questionSets);
  });

  test('plays over the same questions, goes on from GRPO to GRPO, and stays behind the loop in lists', async () => {
    const before = await countAll();
    const questions = await db.question.count({ where: { projectId: project.projectId } });
    const [played] = await replayRuns(project.owner, EXAMPLE, [ALONE], quietly);
    const alone = await readRecording(EXAMPLE, ALONE);
    expect(played).toMatchObject({ run: ALONE, iterations: alone.iterations.length });
    const runId = played?.runId ?? '';

    const after = await countAll();
    expect({ ...after, rollouts: 0, verdicts: 0, checkpoints: 0 }).toEqual({
      ...before,
      rollouts: 0,
      verdicts: 0,
      checkpoints: 0,
    });
    expect(await db.question.count({ where: { projectId: project.projectId } })).toBe(questions);

    const overview = await getRunOverview(project.owner, runId);
    const kOf = new Map(overview.iterations.map(({ id, k }) => [id, k]));
    const counted = overview.cells.map(({ iterationId, stage, tally }) => ({
      at: `${kOf.get(iterationId)} ${stage}`,
      tally,
    }));
    expect(new Map(counted.map(({ at, tally }) => [at, tally.rollouts]))).toEqual(await recordedRollouts(alone));
    // Recorded anew, `veripo replay --figures` tells the new ones.
    const heldOut = counted
      .filter(({ at }) => at.endsWith('eval'))
      .map(({ at, tally }) => [at, tally.correct, tally.judged]);
    expect(heldOut.sort()).toEqual(HELD_OUT);

    const starts = await db.iteration.findMany({
      where: { runId },
      orderBy: { k: 'asc' },
      select: { startCheckpoint: { select: { stage: true, kept: true } } },
    });
    expect(starts.map(({ startCheckpoint }) => startCheckpoint)).toEqual([
      { stage: 'base', kept: true },
      { stage: 'base', kept: true },
      { stage: 'grpo', kept: false },
    ]);
    expect((await listRunNames(project.owner)).map(({ name }) => name)).toEqual([recording.run, ALONE]);
  }, 180_000);
});
