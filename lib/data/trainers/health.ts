import 'server-only';
/** Asks trainers how they are and writes down what they say. Browsers hear of it only when they would show something else. */
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { unseal } from '@/lib/data/seal';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type TrainerInfo, trainerInfoSchema } from '@/lib/domain/trainer/answers';
import { type Health, healthOfAnswer, healthOfFailure, visibleInfo } from '@/lib/domain/trainer/health';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { AppError } from '@/lib/errors';
import { getInfo } from '@/lib/trainer/client';
import { getTrainer } from './read';

const columns = {
  id: true,
  projectId: true,
  url: true,
  token: true,
  state: true,
  sentence: true,
  info: true,
} as const;

type Row = {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly token: Uint8Array | null;
  readonly state: string;
  readonly sentence: string | null;
  readonly info: unknown;
};

/** Being installed, or not possible here: there is nobody to ask. */
const NOBODY = ['preparing', 'absent'];
const askable = { state: { notIn: NOBODY }, token: { not: null } };

type Outcome = Health & { readonly info: TrainerInfo | null };

const ask = async (row: Row, acknowledged: boolean, signal: AbortSignal | undefined): Promise<Outcome> => {
  const known = trainerInfoSchema.nullable().catch(null).parse(row.info);
  try {
    const info = await getInfo({ url: row.url, token: unseal('trainer token', row.token ?? new Uint8Array()) }, signal);
    return {
      ...healthOfAnswer(info, { trainerId: known?.trainerId ?? null, sentence: row.sentence }, acknowledged),
      info,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...healthOfFailure(error), info: null };
  }
};

/** Only while the row is still the one that was asked: it may have been forgotten or moved meanwhile. */
const write = async (row: Row, { state, sentence, info }: Outcome): Promise<void> => {
  const checkedAt = new Date();
  await db.trainer.updateMany({
    where: { id: row.id, url: row.url, state: { notIn: NOBODY } },
    data: { state, sentence, checkedAt, ...(info ? { info, seenAt: checkedAt } : {}) },
  });
  const known = trainerInfoSchema.nullable().catch(null).parse(row.info);
  const same = row.state === state && row.sentence === sentence && (!info || visibleInfo(info) === visibleInfo(known));
  if (!same) await notify({ projectId: row.projectId, topic: 'trainer', id: row.id });
};

/**
 * Asks one trainer, in any project: for the worker. Returns whether it is online; false also when it is gone or there
 * is nobody to ask yet. Flies with the reason of `signal`.
 */
export const checkHealth = async (id: string, signal?: AbortSignal): Promise<boolean> => {
  const row = await db.trainer.findFirst({ where: { id, ...askable }, select: columns });
  if (!row) return false;
  const outcome = await ask(row, false, signal);
  await write(row, outcome);
  return outcome.state === 'online';
};

/** Ids of all trainers that can be asked, in every project. */
export const listAskable = async (): Promise<readonly string[]> =>
  (await db.trainer.findMany({ where: askable, select: { id: true }, take: 1_000 })).map(({ id }) => id);

/**
 * Asks a trainer now, since a person wants to know, and returns it as it is then.
 *
 * @throws AppError `not_found` for foreign trainers and for viewers who may not.
 */
export const checkTrainer = async (viewer: Viewer, id: string): Promise<TrainerView> => {
  const row = await db.trainer.findFirst({ where: { id, ...visibleTo(viewer, engineers) }, select: columns });
  if (!row) throw new AppError('not_found', 'Trainer not found, or your role does not allow this');
  if (row.token && !NOBODY.includes(row.state)) await write(row, await ask(row, true, undefined));
  return getTrainer(viewer, id);
};
