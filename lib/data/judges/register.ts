import 'server-only';
/** Judges that people register, change and remove. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { JudgeChange, JudgeRegistration } from '@/lib/domain/judge/judge';
import { JUDGE_PROMPT_VERSION } from '@/lib/domain/judge/prompt';
import { AppError } from '@/lib/errors';
import { Prisma } from '@/prisma/generated/client';
import { sealKey } from './working';

const ABSENT = 'Judge not found, or your role does not allow this';

const meansOf = ({ tokenBudget, ...means }: Omit<JudgeChange, 'key'>) => ({
  ...means,
  tokenBudget: tokenBudget === null ? null : BigInt(tokenBudget),
});

/**
 * Registers a judge under today's prompt and returns its id; nobody has asked it anything yet.
 *
 * @throws AppError `conflict` when its name is taken, `not_found` for viewers who may not.
 */
export const registerJudge = async (viewer: Viewer, { key, ...judge }: JudgeRegistration): Promise<string> => {
  const project = await getViewerProject(viewer, engineers);
  const id = randomUUID();
  const row = { id, projectId: project.id, promptVersion: JUDGE_PROMPT_VERSION, createdBy: viewer.userId };
  const { name, model, heldOut, temperature, maxTokens, ...means } = judge;
  const fixed = { name, model, heldOut, temperature, maxTokens };
  try {
    await db.judge.create({
      data: { ...row, ...fixed, ...meansOf(means), apiKey: key === null ? null : sealKey(key) },
    });
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== 'P2002') throw cause;
    throw new AppError('conflict', `There is a judge “${name}” already: choose another name.`, { cause });
  }
  await notify({ projectId: project.id, topic: 'judge', id });
  return id;
};

/**
 * Changes how a judge is reached and what it may cost. What decides what it says never changes: another model or
 * temperature is another judge.
 *
 * @throws AppError `not_found` for foreign judges and for viewers who may not; `invalid` for another server without the
 *   key, since whoever may change the address has not seen it.
 */
export const changeJudge = async (viewer: Viewer, id: string, { key, ...means }: JudgeChange): Promise<void> => {
  const where = { id, ...visibleTo(viewer, engineers) };
  const row = await db.judge.findFirst({ where, select: { projectId: true, url: true, apiKey: true } });
  if (!row) throw new AppError('not_found', ABSENT);
  const elsewhere = new URL(means.url).origin !== new URL(row.url).origin;
  if (key === undefined && row.apiKey !== null && elsewhere) {
    const { host } = new URL(row.url);
    const message = `Its key was given for ${host} and is sent nowhere else: give the key again with the new address.`;
    throw new AppError('invalid', message);
  }
  const apiKey = key === undefined ? {} : { apiKey: key === null ? null : sealKey(key) };
  const { count } = await db.judge.updateMany({
    where: { ...where, url: row.url },
    data: { ...meansOf(means), ...apiKey },
  });
  if (count === 0) throw new AppError('conflict', 'Somebody changed this judge a moment ago: look again.');
  await notify({ projectId: row.projectId, topic: 'judge', id });
};

/**
 * Removes a judge with its key, its answers and its judgements.
 *
 * @throws AppError `conflict` while a verifier version names it, `not_found` for foreign judges and for viewers who may
 *   not.
 */
export const removeJudge = async (viewer: Viewer, id: string): Promise<void> => {
  const where = { id, ...visibleTo(viewer, engineers) };
  const row = await db.judge.findFirst({ where, select: { projectId: true, name: true } });
  if (!row) throw new AppError('not_found', ABSENT);
  const refuse = (number: number, cause?: unknown): never => {
    const message = `Version ${number} names ${row.name}, and versions never change: it stays. Set its budget to 0 to stop it.`;
    throw new AppError('conflict', message, { cause });
  };
  const named = { where: { judgeId: id }, orderBy: { number: 'asc' }, select: { number: true } } as const;
  const version = await db.verifierVersion.findFirst(named);
  if (version) refuse(version.number);
  try {
    await db.judge.deleteMany({ where });
  } catch (cause) {
    const since = await db.verifierVersion.findFirst(named); // one that was saved a moment ago
    if (since) refuse(since.number, cause);
    throw cause;
  }
  await notify({ projectId: row.projectId, topic: 'judge', id });
};
