/** For `*.db.test.ts` only: a project that can launch: a trainer that was online, and question sets. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import type { PlanInput } from '@/lib/domain/loop/plan';
import type { TrainerInfo } from '@/lib/domain/trainer/answers';
import { type SeededProject, seedProject } from './seed';

/** What a trainer on a CPU says of itself. */
export const trainerInfo: TrainerInfo = {
  protocol: 1,
  version: '0.1.0',
  trainerId: '00000000-0000-4000-8000-00000000000a',
  python: '3.12',
  platform: 'Linux',
  packages: {},
  startedAt: '2026-01-05T10:00:00.000Z',
  devicesReady: true,
  devices: [{ name: 'cpu', kind: 'cpu', model: 'CPU', memoryBytes: null, job: null }],
  engines: [
    { name: 'builtin', available: true, reason: null },
    { name: 'ms-swift', available: false, reason: 'It is not installed.' },
  ],
  models: ['small'],
  limits: {
    maxFileBytes: 1,
    maxDataBytes: 1,
    maxRequestBytes: 1,
    maxUnfinishedJobs: 1,
    minFreeDiskBytes: 0,
    maxMemoryBytes: null,
  },
  disk: { totalBytes: 1, freeBytes: 1 },
  memory: null,
  queued: 0,
  running: 0,
};

export type SeededWorld = SeededProject & {
  readonly trainerId: string;
  readonly questionSetId: string;
  readonly heldOutId: string;
};

const seedQuestions = async (projectId: string, name: string, count: number): Promise<string> => {
  const id = randomUUID();
  await db.questionSet.create({ data: { id, projectId, name } });
  await db.question.createMany({
    data: Array.from({ length: count }, (_, at) => ({
      id: randomUUID(),
      projectId,
      questionSetId: id,
      key: `${name} ${at}`,
      kind: 'choice',
      modality: 'text',
      prompt: `Where does object ${at} of ${name} go?`,
      options: ['left', 'right'],
      truth: 'B',
    })),
  });
  return id;
};

/** A project with a trainer that was online, four text questions, and two held-out ones. */
export const seedWorld = async (): Promise<SeededWorld> => {
  const project = await seedProject();
  const { projectId } = project;
  const trainerId = randomUUID();
  await db.trainer.create({
    data: { id: trainerId, projectId, name: 'bench', url: 'http://127.0.0.1:1', state: 'online', info: trainerInfo },
  });
  const questionSetId = await seedQuestions(projectId, 'train', 4);
  return { ...project, trainerId, questionSetId, heldOutId: await seedQuestions(projectId, 'held out', 2) };
};

export const wholePlan = ({ questionSetId, heldOutId }: SeededWorld) =>
  ({
    explore: { questionSets: [questionSetId], settings: {} },
    sample: { questionSets: [questionSetId], settings: {} },
    curate: { gate: { policy: 'auto_approve' } },
    align: { settings: {} },
    evaluate: { questionSets: [heldOutId], settings: {} },
    curriculum: { discard: 1 },
  }) satisfies PlanInput;

/** The base of a new run. */
export const baseOf = ({ trainerId }: SeededWorld) =>
  ({ trainerId, model: { source: 'built', name: 'moving-shapes' } }) as const;
