/** For `*.db.test.ts` and `bench/` only: people, a run, and groups of verified rollouts to make pairs of. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { ensureVerifierVersion } from '@/lib/data/verdicts/verifier-versions';
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

export type SeededRun = { readonly runId: string; readonly iterationId: string; readonly groupIds: readonly string[] };

type RunParts = {
  readonly groups: number;
  /** Sentences of each thinking; 2 by default. */
  readonly sentences?: number;
  readonly name?: string;
};

const textOf = (question: number, sample: number, letter: string, sentences: number): string => {
  const body = Array.from(
    { length: sentences },
    (_, at) => `In frame ${at * 3 + sample} the object ${question} moves ${at % 2 ? 'left' : 'right'} past mark ${at}.`,
  );
  return `<think>Sample ${sample} looks at question ${question}. ${body.join(' ')} So the answer is ${letter}.</think>\n<answer>${letter}</answer>`;
};

/**
 * A run with groups of four verified rollouts: samples 1 and 2 right, 3 wrong, and 4 right by thinking that concludes
 * otherwise. Every question is a video question whose file no root holds.
 */
export const seedRun = async (
  { projectId, owner }: SeededProject,
  { groups, sentences = 2, name = 'seeded run' }: RunParts,
): Promise<SeededRun> => {
  const version = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, projectId, 'Default', defaultVerifierSettings, owner.userId),
  );
  const [runId, iterationId, questionSetId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.run.create({ data: { id: runId, projectId, name, verifierVersionId: version.id } });
  await db.iteration.create({ data: { id: iterationId, projectId, runId, k: 0, state: 'imported' } });
  await db.questionSet.create({ data: { id: questionSetId, projectId, name: `${name} questions` } });
  const ids = Array.from({ length: groups }, () => ({ group: randomUUID(), question: randomUUID() }));
  await db.question.createMany({
    data: ids.map(({ question }, at) => ({
      id: question,
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
  await db.rolloutGroup.createMany({
    data: ids.map(({ group, question }) => ({
      id: group,
      projectId,
      runId,
      iterationId,
      questionId: question,
      stage: 'grpo',
      step: 1,
    })),
  });
  const rollouts = ids.flatMap(({ group, question }, at) =>
    [1, 2, 3, 4].map((sample) => {
      const wrong = sample === 3;
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
      stage: 'grpo',
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
  return { runId, iterationId, groupIds: ids.map(({ group }) => group) };
};
