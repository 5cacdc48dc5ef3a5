/** For `*.db.test.ts` and `bench/` only: an iteration with a job, and event logs as a trainer writes them. */
import { randomUUID } from 'node:crypto';
import { createBaseCheckpoint } from '@/lib/data/checkpoints/write';
import { db, pool } from '@/lib/data/db';
import { createJob } from '@/lib/data/jobs/create';
import type { JobRecord } from '@/lib/data/jobs/record';
import type { JobOrder } from '@/lib/domain/loop/job-order';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import { grpoSettingsSchema, rolloutSettingsSchema } from '@/lib/domain/trainer/settings';
import { type SeededProject, seedRun } from './seed';

export type SeededJob = {
  readonly job: JobRecord;
  /** In the order of their set. */
  readonly questionIds: readonly string[];
  readonly trainerId: string;
  readonly questionSetId: string;
};

type Parts = {
  readonly name?: string;
  readonly questions?: number;
  readonly kind?: 'grpo' | 'rollout';
  readonly engine?: string;
  /** Whether its data are decided already: all questions, without clips. */
  readonly prepared?: boolean;
};

/** A job of text questions in an iteration of its own, k = 1, of a run of its own. */
export const seedJob = async (
  { projectId, owner }: SeededProject,
  { name = `run ${randomUUID()}`, questions = 3, kind = 'grpo', engine = 'builtin', prepared = true }: Parts = {},
): Promise<SeededJob> => {
  const { runId } = await seedRun({ projectId, owner, reviewer: owner }, { groups: 1, name });
  const [trainerId, questionSetId, iterationId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.trainer.create({ data: { id: trainerId, projectId, name: trainerId, url: 'http://127.0.0.1:1' } });
  await db.questionSet.create({ data: { id: questionSetId, projectId, name: questionSetId } });
  const questionIds = Array.from({ length: questions }, () => randomUUID());
  await db.question.createMany({
    data: questionIds.map((id, at) => ({
      id,
      projectId,
      questionSetId,
      key: `t${at}`,
      kind: 'choice',
      modality: 'text',
      prompt: `Where does object ${at} go?`,
      options: ['left', 'right'],
      truth: 'B',
    })),
  });
  await db.iteration.create({
    data: { id: iterationId, projectId, runId, k: 1, state: 'grpo', trainerId, createdBy: owner.userId },
  });
  const model = { source: 'built', name: 'moving-shapes', seed: 0, width: 128, layers: 4 } as const;
  const checkpointId = await createBaseCheckpoint(db, { projectId, runId, trainerId, model });
  const common = {
    engine,
    device: null,
    seed: 1,
    instruction: null,
    questionSets: [questionSetId],
    mostQuestions: null,
  };
  const order: JobOrder =
    kind === 'grpo'
      ? { kind, ...common, settings: grpoSettingsSchema.parse({}) }
      : { kind, ...common, settings: rolloutSettingsSchema.parse({}) };
  const row = { projectId, iterationId, trainerId, checkpointId, pairSetId: null, stage: 'grpo', order } as const;
  const job = await createJob(db, row);
  if (prepared) {
    await db.jobQuestion.createMany({ data: questionIds.map((questionId) => ({ jobId: job.id, questionId })) });
    await pool.query('UPDATE job SET prepared_at = now(), data_count = $2 WHERE id = $1', [job.id, questions]);
  }
  return { job, questionIds, trainerId, questionSetId };
};

const START_MS = Date.UTC(2026, 0, 5, 10);

/** The log of a job that does `steps` steps with `samples` rollouts of every question, and ends well. */
export const trainerLog = (
  questionIds: readonly string[],
  { steps, samples, thinking = 'so it goes right' }: { steps: number; samples: number; thinking?: string },
): TrainerEvent[] => {
  const events: TrainerEvent[] = [];
  const stamp = () => ({ seq: events.length + 1, time: new Date(START_MS + events.length * 250).toISOString() });
  const state = (name: 'queued' | 'running' | 'succeeded') =>
    events.push({
      ...stamp(),
      type: 'state',
      state: name,
      attempt: 1,
      device: name === 'queued' ? null : 'cpu',
      error: null,
    });
  state('queued');
  state('running');
  for (let step = 1; step <= steps; step += 1) {
    for (const questionId of questionIds) {
      for (let sample = 0; sample < samples; sample += 1) {
        events.push({
          ...stamp(),
          type: 'rollout',
          step,
          questionId,
          sample,
          response: `<think>Step ${step}, sample ${sample}: ${thinking}.</think><answer>B</answer>`,
          finishReason: sample % 3 === 0 ? 'length' : 'stop',
          promptTokens: 88,
          totalTokens: 21 + sample,
          thinkTokens: 14 + sample,
          temperature: 1,
          reward: 1.5,
          rewards: { accuracy: 1, format: 0.5 },
          advantage: 0.25 * sample,
          frameIndices: [0, 4, 8, 11],
          frameTimes: [0, 2, 4, 5.5],
          frameSize: [56, 84],
          videoTokens: 12,
        });
      }
    }
    events.push({ ...stamp(), type: 'metric', step, steps, phase: 'train', values: { loss: 1 / step, kl: null } });
    events.push({ ...stamp(), type: 'log', level: 'info', message: `Step ${step} is done`, questionId: null });
  }
  const name = `step-${steps}`;
  events.push({ ...stamp(), type: 'checkpoint', name: 'on-the-way', step: 1, resumable: true, final: false, bytes: 9 });
  events.push({ ...stamp(), type: 'checkpoint', name, step: steps, resumable: false, final: true, bytes: 12_582_912 });
  events.push({ ...stamp(), type: 'result', checkpoint: name, values: { seconds: 71.5, rollouts: steps * samples } });
  state('succeeded');
  return events;
};
