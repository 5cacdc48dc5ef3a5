import 'server-only';
/** Whether the data that a plan names is the project's and not empty. */
import { db } from '@/lib/data/db';
import type { Plan } from '@/lib/domain/loop/plan';
import { AppError } from '@/lib/errors';

/**
 * Checks the question sets and the pair set of a plan.
 *
 * @throws AppError `not_found` for sets of others, `conflict` for empty ones and for a pair set that is not frozen.
 */
export const requireData = async (projectId: string, plan: Plan): Promise<void> => {
  const wanted = [plan.explore, plan.sample, plan.evaluate].flatMap((part) => part?.questionSets ?? []);
  await requireQuestionSets(projectId, [...new Set(wanted)]);
  const pairSetId = plan.align?.pairSetId ?? null;
  if (pairSetId !== null) await requirePairSet(projectId, pairSetId);
};

const requireQuestionSets = async (projectId: string, ids: readonly string[]): Promise<void> => {
  const sets = await db.questionSet.findMany({
    where: { id: { in: [...ids] }, projectId },
    select: { id: true, name: true, questions: { take: 1, select: { id: true } } },
  });
  if (sets.length < ids.length)
    throw new AppError('not_found', 'A chosen question set is not there: choose the sets again');
  const empty = sets.find(({ questions }) => questions.length === 0);
  if (empty)
    throw new AppError('conflict', `The question set “${empty.name}” is empty: import questions, or leave it out`);
};

/** Only frozen pairs are in a pair set, and none is frozen empty: one that is not there is unfrozen or empty. */
const requirePairSet = async (projectId: string, id: string): Promise<void> => {
  if (await db.pairSet.findFirst({ where: { id, projectId }, select: { id: true } })) return;
  throw new AppError(
    'conflict',
    'DPO learns only from a frozen pair set, and this one is empty or not frozen: freeze it first, or choose another',
  );
};
