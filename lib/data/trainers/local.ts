import 'server-only';
/** The trainer of this machine in every project: what `npm start` wrote down about it, put where screens look. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { seal, unseal } from '@/lib/data/seal';
import {
  LOCAL_TRAINER_NAME,
  type LocalTrainer,
  localTrainerFiles,
  localTrainerSchema,
} from '@/lib/domain/trainer/local';

const readText = async (name: string): Promise<string | undefined> =>
  readFile(path.join(config().VERIPO_DATA_DIR, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** What `npm start` says of this machine's trainer, with its token; undefined where nothing was ever written. */
export const readLocalTrainer = async (): Promise<{ status: LocalTrainer; token: string | null } | undefined> => {
  const text = await readText(localTrainerFiles.status);
  if (text === undefined) return undefined;
  const status = localTrainerSchema.parse(JSON.parse(text));
  const token = status.state === 'started' ? await readText(localTrainerFiles.token) : undefined;
  return { status, token: token?.trim() ?? null };
};

const STARTING = 'It is starting.';
const OFF = 'The trainer of this machine was switched off when the studio was started.';

/** The columns that a status asks for; `started` leaves state and sentence to those who ask the trainer. */
const wantedOf = (status: LocalTrainer) => {
  if (status.state === 'started') return { url: status.url };
  if (status.state === 'off') return { state: 'absent', sentence: OFF };
  return { state: status.state, sentence: status.sentence };
};

type Row = {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly token: Uint8Array | null;
  readonly state: string;
  readonly sentence: string | null;
};

const opens = (sealed: Uint8Array | null, token: string): boolean => {
  try {
    return sealed !== null && unseal('trainer token', sealed) === token;
  } catch {
    return false; // Sealed under another secret: to be sealed again.
  }
};

const update = async (row: Row, status: LocalTrainer, token: string | null): Promise<void> => {
  const waking = status.state === 'started' && ['preparing', 'absent'].includes(row.state);
  const wanted = { ...wantedOf(status), ...(waking ? { state: 'offline', sentence: STARTING } : {}) };
  const fresh = token !== null && !opens(row.token, token) ? { token: seal('trainer token', token) } : {};
  const next = { ...row, ...wanted };
  const same = next.url === row.url && next.state === row.state && next.sentence === row.sentence;
  if (same && !('token' in fresh)) return;
  await db.trainer.updateMany({ where: { id: row.id }, data: { ...wanted, ...fresh } });
  await notify({ projectId: row.projectId, topic: 'trainer', id: row.id });
};

/**
 * Makes the rows of this machine's trainer say what `status` says: one in every project, made where there is none
 * (unless it is switched off). Repeating changes nothing.
 */
export const syncLocalTrainer = async (status: LocalTrainer, token: string | null): Promise<void> => {
  const rows = await db.trainer.findMany({ where: { local: true }, take: 10_000 });
  for (const row of rows) await update(row, status, token);
  if (status.state === 'off') return;
  const without = { trainers: { none: { local: true } } };
  const projects = await db.project.findMany({ where: without, select: { id: true }, take: 10_000 });
  for (const { id: projectId } of projects) {
    const id = randomUUID();
    const row = {
      id,
      projectId,
      name: LOCAL_TRAINER_NAME,
      local: true,
      url: '',
      sentence: STARTING,
      ...wantedOf(status),
      ...(token === null ? {} : { token: seal('trainer token', token) }),
    };
    // Two workers may do this at the same moment: one row is kept, by the index of local trainers.
    const { count } = await db.trainer.createMany({ data: [row], skipDuplicates: true });
    if (count > 0) await notify({ projectId, topic: 'trainer', id });
  }
};
