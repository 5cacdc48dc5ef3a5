import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findTokenViewer } from '@/lib/data/access/api-tokens';
import { createBaseCheckpoint } from '@/lib/data/checkpoints/write';
import { db, pool } from '@/lib/data/db';
import { createJob } from '@/lib/data/jobs/create';
import type { JobRecord } from '@/lib/data/jobs/record';
import { freezePairSet } from '@/lib/data/pair-sets/freeze';
import { decidePair } from '@/lib/data/pairs/decide';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { listPairIds } from '@/lib/data/pairs/queue';
import { type SeededProject, seedProject, seedRun } from '@/lib/data/testing/seed';
import { seedJob } from '@/lib/data/testing/seed-job';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import type { JobRequest } from '@/lib/domain/trainer/job';
import { pairLineSchema, questionLineSchema } from '@/lib/domain/trainer/lines';
import { dpoSettingsSchema } from '@/lib/domain/trainer/settings';
import { AppError } from '@/lib/errors';
import type { JobPort } from '@/lib/trainer/port';
import { submitJob } from './submit-job';

let project: SeededProject;
let folder: string;
beforeAll(async () => {
  project = await seedProject();
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-submit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A trainer that keeps what it is given. It checks hashes as the real one does, and runs nothing. */
const keepingPort = () => {
  const files = new Map<string, string>();
  const puts: string[] = [];
  const requests: JobRequest[] = [];
  const absent = () => Promise.reject(new Error('not asked in this test'));
  let known = false;
  const status = {
    job: { id: randomUUID(), kind: 'grpo', engine: 'builtin', title: '' },
    state: 'queued',
    attempt: 1,
    device: null,
    queuePosition: 0,
    waitingFor: null,
    cancelRequested: false,
    progress: { step: null, steps: null, rollouts: 0 },
    lastSeq: 1,
    error: null,
    createdAt: '2026-01-05T10:00:00.000Z',
    startedAt: null,
    finishedAt: null,
  } as const;
  const port: JobPort = {
    putFile: async (hash, file) => {
      const bytes = await readFile(file);
      if (sha256(bytes) !== hash) throw new AppError('invalid', 'Another SHA-256');
      puts.push(hash);
      files.set(hash, bytes.toString());
    },
    createJob: async (request) => {
      requests.push(request);
      const lines = [...files.values()].flatMap((text) => text.match(/"media":"([0-9a-f]{64})"/g) ?? []);
      const missing = [...new Set(lines.map((media) => media.slice(9, -1)))].filter((hash) => !files.has(hash));
      if (missing.length > 0) return { missing: missing.slice(0, 2) };
      known = true;
      return { job: status };
    },
    getJob: async () => {
      if (known) return status;
      throw new AppError('not_found', 'There is no such job.');
    },
    cancelJob: absent,
    resumeJob: absent,
    // biome-ignore lint/correctness/useYield: nobody follows here.
    readEvents: async function* () {
      await absent();
    },
  };
  const forget = (): void => {
    known = false;
  };
  return { port, files, puts, requests, forget };
};

const rewardUrl = 'http://127.0.0.1:3000/api/v1/rewards';
const submit = (job: JobRecord, port: JobPort, exclude: readonly string[] = [], said: (string | null)[] = []) =>
  submitJob(job, port, {
    signal: new AbortController().signal,
    exclude: new Set(exclude),
    rewardUrl,
    onProgress: (sentence) => void said.push(sentence),
  });

const dataOf = ({ files, requests }: ReturnType<typeof keepingPort>): readonly unknown[] => {
  const request = z.object({ data: z.record(z.string(), z.string()) }).parse(requests.at(-1));
  const [hash = ''] = Object.values(request.data);
  const lines = (files.get(hash) ?? '').split('\n').filter((line) => line !== '');
  return lines.map((line): unknown => JSON.parse(line));
};
const logOf = ({ id }: JobRecord) => db.jobLog.findMany({ where: { jobId: id }, orderBy: { seq: 'asc' } });

/** Makes clips of the questions, in order: the file's content, or the state of media that is not fine. */
const giveClips = async (questionIds: readonly string[], clips: readonly ({ file: string } | { state: string })[]) => {
  const root = path.join(folder, randomUUID());
  await mkdir(root);
  const rootId = randomUUID();
  await db.mediaRoot.create({ data: { id: rootId, projectId: project.projectId, name: 'clips', path: root } });
  for (const [at, clip] of clips.entries()) {
    const relPath = `${at}.mp4`;
    const id = randomUUID();
    const state = 'file' in clip ? 'playable' : clip.state;
    const sentence = state === 'unplayable' ? 'It has no video stream.' : null;
    await db.media.create({ data: { id, projectId: project.projectId, rootId, relPath, state, sentence } });
    await db.question.update({
      where: { id: questionIds[at] ?? '' },
      data: { modality: 'video', mediaPath: relPath, mediaId: id },
    });
    if ('file' in clip) await writeFile(path.join(root, relPath), clip.file);
  }
  return root;
};

describe('questions', () => {
  test('in the order of their set, as the trainer reads them; again, the same bytes', async () => {
    const { job, questionIds } = await seedJob(project, { questions: 1_203, prepared: false });
    const trainer = keepingPort();
    await submit(job, trainer.port);
    const lines = z.array(questionLineSchema).parse(dataOf(trainer));
    expect(lines.map(({ id }) => id)).toEqual(questionIds);
    expect(lines[0]).toMatchObject({
      prompt: 'Where does object 0 go?',
      turn: expect.stringMatching(/^Where does object 0 go\?\nOptions:\nA\. left\nB\. right\nThink step by step/),
      kind: 'choice',
      truth: 'B',
      media: null,
    });
    trainer.forget();
    await db.question.create({
      data: {
        id: randomUUID(),
        projectId: project.projectId,
        questionSetId: job.order.kind === 'dpo' ? '' : (job.order.questionSets[0] ?? ''),
        key: 'late',
        kind: 'choice',
        modality: 'text',
        prompt: 'Late?',
        options: ['a', 'b'],
        truth: 'A',
      },
    });
    await submit(job, trainer.port, questionIds.slice(0, 5));
    expect(trainer.requests).toHaveLength(2);
    expect(trainer.requests[1]).toEqual(trainer.requests[0]);
    expect(await db.job.findUnique({ where: { id: job.id } })).toMatchObject({ dataCount: 1_203 });
  });

  test('the request names weights, verifier version and a token that opens the reward API', async () => {
    const { job } = await seedJob(project, { prepared: false, name: 'named run' });
    const trainer = keepingPort();
    await submit(job, trainer.port);
    const [request] = trainer.requests;
    expect(request).toMatchObject({
      id: job.id,
      kind: 'grpo',
      model: { source: 'built', name: 'moving-shapes' },
      seed: 1,
      title: 'named run iteration 1 grpo',
      reward: { url: rewardUrl, verifierVersion: 1 },
    });
    const { token } = z.object({ reward: z.object({ token: z.string() }) }).parse(request).reward;
    expect(await findTokenViewer(token, 'rewards')).toEqual({
      userId: project.owner.userId,
      projectId: project.projectId,
    });
  });

  test('a job that had begun is not begun again on a trainer that has forgotten it', async () => {
    const { job } = await seedJob(project, { prepared: false });
    const trainer = keepingPort();
    const begun = { ...job, lastEventSeq: 7 };
    await expect(submit(begun, trainer.port)).rejects.toMatchObject({ code: 'not_found' });
    expect(trainer.requests).toEqual([]);
  });

  test('without those that the curriculum leaves out, and at most so many, drawn by the seed', async () => {
    const { job, questionIds } = await seedJob(project, { questions: 40, prepared: false, kind: 'rollout' });
    if (job.order.kind !== 'rollout') throw new Error('another kind');
    const trainer = keepingPort();
    const few = { ...job, order: { ...job.order, mostQuestions: 12 } };
    await submit(few, trainer.port, questionIds.slice(0, 10));
    const ids = z
      .array(questionLineSchema)
      .parse(dataOf(trainer))
      .map(({ id }) => id);
    expect(ids).toHaveLength(12);
    expect(ids.every((id) => questionIds.slice(10).includes(id))).toBe(true);
    expect(ids).not.toEqual(questionIds.slice(10, 22));
    expect(ids).toEqual(questionIds.filter((id) => ids.includes(id)));
    expect(trainer.requests[0]).not.toHaveProperty('reward');
  });

  test.each([
    ['all of them are left out', (ids: readonly string[]) => ids, /the curriculum leaves all of them out/],
    ['their sets are empty', () => [], /its sets are empty/],
  ])('none: %s', async (_name, exclude, message) => {
    const empty = exclude(['x']).length === 0;
    const { job, questionIds } = await seedJob(project, { questions: empty ? 0 : 3, prepared: false });
    const submitting = submit(job, keepingPort().port, exclude(questionIds));
    await expect(submitting).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(message) });
  });
});

describe('clips', () => {
  test('go where they are missing, once each; what cannot be shown is left out and told', async () => {
    const { job, questionIds } = await seedJob(project, { questions: 9, prepared: false });
    const clips = ['one', 'two', 'one', 'three', 'four'].map((file) => ({ file }));
    await giveClips(questionIds, [...clips, { state: 'missing' }, { state: 'unplayable' }, { state: 'playable' }]);
    const trainer = keepingPort();
    const said: (string | null)[] = [];
    await submit(job, trainer.port, [], said);
    const lines = z.array(questionLineSchema).parse(dataOf(trainer));
    expect(lines.map(({ id }) => id)).toEqual([...questionIds.slice(0, 5), questionIds[8]]);
    expect(lines.map(({ media }) => media)).toEqual([...clips.map(({ file }) => sha256(file)), null]);
    expect(trainer.puts.slice(1).toSorted()).toEqual(['one', 'two', 'three', 'four'].map(sha256).toSorted());
    expect(said[0]).toMatch(/^Reading the clips of the questions: \d of 9\.$/);
    expect(said).toContain('Uploading 0 of 2 clips to the trainer.');
    expect(said.at(-1)).toBeNull();
    expect(
      (await logOf(job)).map(({ seq, questionId, level, message }) => [Number(seq), questionId, level, message]),
    ).toEqual([
      [-3, questionIds[5], 'warning', 'The video 5.mp4 is missing.'],
      [-2, questionIds[6], 'warning', 'It has no video stream.'],
      [-1, questionIds[7], 'warning', 'The file 7.mp4 was there and is gone.'],
    ]);
  });

  test('none that can be shown', async () => {
    const { job, questionIds } = await seedJob(project, { questions: 2, prepared: false });
    await giveClips(questionIds, [{ state: 'missing' }, { state: 'unplayable' }]);
    const message =
      /^There is no question to train on: none of the 2 questions can be shown\. The video 0\.mp4 is missing\.$/;
    const refused = { code: 'conflict', message: expect.stringMatching(message) };
    await expect(submit(job, keepingPort().port)).rejects.toMatchObject(refused);
    await expect(submit(job, keepingPort().port)).rejects.toMatchObject(refused);
    expect(await logOf(job)).toHaveLength(2);
  });

  test('one that changed before it was sent is never sent as if it were the same', async () => {
    const { job, questionIds } = await seedJob(project, { questions: 2, prepared: false });
    const root = await giveClips(questionIds, [{ file: 'first' }, { file: 'second' }]);
    const trainer = keepingPort();
    const lost = { ...trainer.port, createJob: () => Promise.reject(new AppError('unavailable', 'Not there.')) };
    await expect(submit(job, lost)).rejects.toMatchObject({ code: 'unavailable' });
    await writeFile(path.join(root, '1.mp4'), 'another clip');
    await expect(submit(job, trainer.port)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^The file 1\.mp4 is not what it was/),
    });
    await writeFile(path.join(root, '1.mp4'), 'second');
    await submit(job, trainer.port);
    expect(trainer.files.size).toBe(3);
  });
});

describe('pairs', () => {
  test('of the frozen set in its order, without those whose clip is not there', async () => {
    const { runId, iterationId } = await seedRun(project, { groups: 4, name: 'run of pairs' });
    await pool.query(`UPDATE question SET modality = 'text', media_path = NULL WHERE question_set_id IN
      (SELECT id FROM question_set WHERE name = 'run of pairs questions')`);
    const target = await getProposalTarget(project.owner, iterationId);
    const watch = { signal: new AbortController().signal, onProgress: () => undefined };
    await proposeIterationPairs(target, defaultPairSettings, 0, watch);
    const { ids } = await listPairIds(project.owner, iterationId, {});
    for (const pairId of ids) {
      await decidePair(project.owner, { decisionId: randomUUID(), pairId, request: { action: 'approve' } });
    }
    const set = await freezePairSet(project.owner, { iterationId });
    const items = await db.pairSetItem.findMany({ where: { pairSetId: set.id }, orderBy: { position: 'asc' } });
    const gone = items[0]?.questionId ?? '';
    await giveClips([gone], [{ state: 'missing' }]);

    const trainerId = randomUUID();
    await db.trainer.create({
      data: { id: trainerId, projectId: project.projectId, name: trainerId, url: 'http://a' },
    });
    await db.iteration.update({ where: { id: iterationId }, data: { createdBy: project.owner.userId } });
    const model = { source: 'local', name: 'base' } as const;
    const checkpointId = await createBaseCheckpoint(db, { projectId: project.projectId, runId, trainerId, model });
    const settings = dpoSettingsSchema.parse({});
    const job = await createJob(db, {
      projectId: project.projectId,
      iterationId,
      trainerId,
      checkpointId,
      pairSetId: set.id,
      stage: 'dpo',
      order: { kind: 'dpo', engine: 'builtin', device: null, seed: 0, instruction: '', settings },
    });
    const trainer = keepingPort();
    await submit(job, trainer.port);
    const lines = z.array(pairLineSchema).parse(dataOf(trainer));
    const kept = items.filter(({ questionId }) => questionId !== gone);
    expect(kept.length).toBeGreaterThan(0);
    expect(lines.map(({ pairId, id, chosen, rejected }) => [pairId, id, chosen, rejected])).toEqual(
      kept.map(({ pairId, questionId, chosen, rejected }) => [pairId, questionId, chosen, rejected]),
    );
    expect(lines[0]?.turn.endsWith('D. down')).toBe(true);
    expect(trainer.requests[0]).toMatchObject({ kind: 'dpo', model });
    expect(await db.job.findUnique({ where: { id: job.id } })).toMatchObject({ dataCount: kept.length });
    expect(await logOf(job)).toMatchObject([{ questionId: gone, level: 'warning' }]);
  });
});
