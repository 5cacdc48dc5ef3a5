import 'server-only';
/** Trainers that people register and forget. The one of this machine comes by itself (`local.ts`). */
import { randomUUID } from 'node:crypto';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { seal } from '@/lib/data/seal';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { TrainerRegistration } from '@/lib/domain/trainer-view';
import { AppError } from '@/lib/errors';
import { Prisma } from '@/prisma/generated/client';

const OPEN_JOBS = ['queued', 'running'];
const MOVING = ['grpo', 'verify', 'curate', 'dpo', 'eval'];

/**
 * Registers a trainer and returns its id; nobody has asked it anything yet.
 *
 * @throws AppError `conflict` when its name or its address is taken, `not_found` for viewers who may not.
 */
export const registerTrainer = async (
  viewer: Viewer,
  { name, url, token, rewardUrl }: TrainerRegistration,
): Promise<string> => {
  const project = await getViewerProject(viewer, engineers);
  const same = await db.trainer.findFirst({ where: { projectId: project.id, url }, select: { name: true } });
  if (same) throw new AppError('conflict', `This address is registered already, as “${same.name}”.`);
  const id = randomUUID();
  const row = { id, projectId: project.id, name, url, rewardUrl, token: seal('trainer token', token) };
  try {
    await db.trainer.create({ data: { ...row, sentence: 'It has not been asked yet.' } });
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== 'P2002') throw cause;
    throw new AppError('conflict', `There is a trainer “${name}” already: choose another name.`, { cause });
  }
  await notify({ projectId: project.id, topic: 'trainer', id });
  return id;
};

/** What a trainer still does for this studio, as words; undefined when it may be forgotten. */
const busyWith = async (tx: Transaction, trainerId: string): Promise<string | undefined> => {
  const jobs = await tx.job.count({ where: { trainerId, state: { in: OPEN_JOBS } } });
  const iterations = await tx.iteration.count({ where: { trainerId, state: { in: MOVING } } });
  if (jobs > 0) return jobs === 1 ? 'A job still runs there' : `${jobs} jobs still run there`;
  if (iterations > 0) return iterations === 1 ? 'An iteration still uses it' : `${iterations} iterations still use it`;
  return undefined;
};

/**
 * Forgets a trainer and its token. Its jobs and checkpoints stay listed; what lies on its disk stays there.
 *
 * @throws AppError `conflict` while something runs there or for the trainer of this machine, `not_found` for foreign
 *   trainers and for viewers who may not.
 */
export const forgetTrainer = async (viewer: Viewer, id: string): Promise<void> => {
  const where = { id, ...visibleTo(viewer, engineers) };
  const row = await db.trainer.findFirst({ where, select: { projectId: true, local: true, state: true } });
  if (!row) throw new AppError('not_found', 'Trainer not found, or your role does not allow this');
  if (row.local && row.state !== 'absent') {
    throw new AppError(
      'conflict',
      'The trainer of this machine comes with the studio. Start with --no-trainer to do without.',
    );
  }
  await db.$transaction(async (tx) => {
    // Whoever launches on it at this moment holds it: then the iteration is counted here, or finds no trainer.
    await tx.$queryRaw`SELECT id FROM trainer WHERE id = ${id}::uuid FOR UPDATE`;
    const busy = await busyWith(tx, id);
    if (busy) throw new AppError('conflict', `${busy}: cancel it first, or wait until it has ended.`);
    await tx.trainer.deleteMany({ where });
  });
  await notify({ projectId: row.projectId, topic: 'trainer', id });
};
