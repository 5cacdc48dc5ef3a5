/** For `*.db.test.ts` only: a project that can launch: a trainer that was online, and question sets. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import type { PlanInput } from '@/lib/domain/loop/plan';
import { testTrainerInfo } from '@/lib/domain/trainer/testing';
import { type SeededProject, seedProject } from './seed';

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
    data: {
      id: trainerId,
      projectId,
      name: 'bench',
      url: 'http://127.0.0.1:1',
      state: 'online',
      info: testTrainerInfo,
    },
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
