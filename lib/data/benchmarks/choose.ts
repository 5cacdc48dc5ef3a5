import 'server-only';
/** Which benchmark people say that a question set is of. */
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type BenchmarkChoice, storedBenchmarkChoiceSchema } from '@/lib/domain/benchmarks/benchmark';
import { AppError } from '@/lib/errors';

/**
 * What is chosen for a set, and whether the viewer may choose anew.
 *
 * @throws AppError `not_found` for foreign sets too.
 */
export const getBenchmarkChoice = async (
  viewer: Viewer,
  setId: string,
): Promise<{ choice: BenchmarkChoice; mayChoose: boolean }> => {
  const [set, own] = await Promise.all([
    db.questionSet.findFirst({ where: { id: setId, ...visibleTo(viewer) }, select: { benchmark: true } }),
    db.questionSet.findFirst({ where: { id: setId, ...visibleTo(viewer, engineers) }, select: { id: true } }),
  ]);
  if (!set) throw new AppError('not_found', 'Question set not found');
  return { choice: storedBenchmarkChoiceSchema.parse(set.benchmark), mayChoose: own !== null };
};

/**
 * Says which benchmark a set is of; null lets its name say it again.
 *
 * @throws AppError `not_found` for foreign sets and for viewers who may not.
 */
export const chooseBenchmark = async (viewer: Viewer, setId: string, benchmark: BenchmarkChoice): Promise<void> => {
  const where = { id: setId, ...visibleTo(viewer, engineers) };
  const set = await db.questionSet.findFirst({ where, select: { projectId: true } });
  const { count } = await db.questionSet.updateMany({ where, data: { benchmark } });
  if (!set || count === 0) {
    throw new AppError('not_found', 'Question set not found, or your role there does not allow this');
  }
  await notify({ projectId: set.projectId, topic: 'question-set', id: setId });
};
