/** For `*.db.test.ts` and `bench/` only: people, a run, and groups of verified rollouts to make pairs of. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import type { Role, Viewer } from '@/lib/data/viewer';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';

export type SeededProject = { readonly projectId: string; readonly owner: Viewer; readonly reviewer: Viewer };

const addUser = async (projectId: string, name: string, role: Role): Promise<Viewer> => {
  const userId = randomUUID();
  await db.user.create({ data: { id: userId, name, email: `${userId}@test.local`, emailVerified: true } });
  await db.member.create({ data: { projectId, userId, role } });
  return { userId };
};

/** A project of its own with an owner and a reviewer; another call makes foreign people. */
export const seedProject = async (): Promise<SeededProject> => {
  const projectId = randomUUID();
  await db.project.create({ data: { id: projectId, name: 'Seeded' } });
  const owner = await addUser(projectId, 'Olga Owner', 'owner');
  const reviewer = await addUser(projectId, 'Rui Reviewer', 'reviewer');
  return { projectId, owner, reviewer };
};

export type SeededRun = {
  readonly runId: string;
  readonly iterationId: string;
  readonly questionSetId: string;
  /** In the order of the groups. */
  readonly questionIds: readonly string[];
  readonly groupIds: readonly string[];
};

type GroupParts = {
  /** Sentences of each thinking; 2 by default. */
  readonly sentences?: number;
  readonly stage?: 'activation' | 'grpo' | 'eval';
  /** Of the first so many groups sample 3 is right too; 0 by default. */
  readonly easy?: number;
};

type RunParts = GroupParts & { readonly groups: number; readonly name?: string };

const textOf = (question: number, sample: number, letter: string, sentences: number): string => {
  const body = Array.from(
    { length: sentences },
    (_, at) => `In frame ${at * 3 + sample} the object ${question} moves ${at % 2 ? 'left' : 'right'} past mark ${at}.`,
  );
  return `<think>Sample ${sample} looks at question ${question}. ${body.join(' ')} So the answer is ${letter}.</think>\n<answer>${letter}</answer>`;
};

type Place = Pick<SeededRun, 'runId' | 'iterationId' | 'questionSetId'>;

/**
 * One group of four verified rollouts for each question: samples 1 and 2 right, 3 wrong, and 4 right by thinking that
 * concludes otherwise. Returns their ids.
 */
export const seedGroups = async (
  { projectId }: SeededProject,
  { runId, iterationId, questionSetId }: Place,
  questionIds: readonly string[],
  { sentences = 2, stage = 'grpo', easy = 0 }: GroupParts = {},
): Promise<string[]> => {
  const ids = questionIds.map((question) => ({ group: randomUUID(), question }));
  await db.rolloutGroup.createMany({
    data: ids.map(({ group, question }) => ({
      id: group,
      projectId,
      runId,
      iterationId,
      questionId: question,
      stage,
      step: 1,
    })),
  });
  const rollouts = ids.flatMap(({ group, question }, at) =>
    [1, 2, 3, 4].map((sample) => {
      const wrong = sample === 3 && at >= easy;
      const response = textOf(at, sample, wrong ? 'C' : 'B', sentences);
      return { id: randomUUID(), group, question, sample, wrong, response };
    }),
  );
  await db.rollout.createMany({
    data: rollouts.map(({ id, group, question, sample, wrong, response }) => ({
      id,
      projectId,
      runId,
      iterationId,
      groupId: group,
      questionId: question,
      questionSetId,
      stage,
      kind: 'choice',
      step: 1,
      sampleIndex: sample,
      source: 'seed',
      chars: response.length,
      finishReason: 'stop',
      answer: wrong ? 'C' : 'B',
      thinkTokens: 40 * sample,
      tokenSource: 'estimate',
      wellFormed: true,
      accuracy: wrong ? 0 : 1,
      correct: !wrong,
      consistency: sample === 4 ? 'inconsistent' : 'consistent',
      repetition: 0,
      repetitive: false,
      lengthClass: 'in_range',
      reward: wrong ? 0.5 : 1.5,
    })),
  });
  await db.rolloutText.createMany({ data: rollouts.map(({ id, response }) => ({ rolloutId: id, response })) });
  return ids.map(({ group }) => group);
};

/** A run with one imported iteration and groups as `seedGroups` makes them. Every question is a video question whose file no root holds. */
export const seedRun = async (
  project: SeededProject,
  { groups, name = 'seeded run', ...parts }: RunParts,
): Promise<SeededRun> => {
  const { projectId, owner } = project;
  const version = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, projectId, 'Default', defaultVerifierSettings, owner.userId),
  );
  const [runId, iterationId, questionSetId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.run.create({ data: { id: runId, projectId, name, verifierVersionId: version.id } });
  await db.iteration.create({ data: { id: iterationId, projectId, runId, k: 0, state: 'imported' } });
  await db.questionSet.create({ data: { id: questionSetId, projectId, name: `${name} questions` } });
  const questionIds = Array.from({ length: groups }, () => randomUUID());
  await db.question.createMany({
    data: questionIds.map((id, at) => ({
      id,
      projectId,
      questionSetId,
      key: `q${at}`,
      kind: 'choice',
      modality: 'video',
      prompt: `Where does object ${at} go?`,
      options: ['left', 'right', 'up', 'down'],
      truth: 'B',
      mediaPath: `clips/${at}.mp4`,
    })),
  });
  const place = { runId, iterationId, questionSetId };
  return { ...place, questionIds, groupIds: await seedGroups(project, place, questionIds, parts) };
};
