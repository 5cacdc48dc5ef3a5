import 'server-only';
/** Whether a trainer can do what a plan asks, by what it said last. Every refusal names what to do instead. */
import { db, type Transaction } from '@/lib/data/db';
import type { Plan } from '@/lib/domain/loop/plan';
import { type TrainerInfo, trainerInfoSchema } from '@/lib/domain/trainer/answers';
import type { ModelRef } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';

/** A trainer of the project with what it last said of itself. */
export type TrainerHere = { readonly id: string; readonly name: string; readonly info: TrainerInfo };

const NOT_THERE = 'This trainer is not registered: register it in Settings, or choose another';

/**
 * Keeps a trainer registered until the transaction ends, so that it is not forgotten under an iteration that begins to
 * use it. Lock it before the iteration. Throws `not_found` when it is gone.
 */
export const holdTrainer = async (tx: Transaction, trainerId: string): Promise<void> => {
  const rows = await tx.$queryRaw<unknown[]>`SELECT id FROM trainer WHERE id = ${trainerId}::uuid FOR KEY SHARE`;
  if (rows.length === 0) throw new AppError('not_found', NOT_THERE);
};

/** One that is offline for now will do: the iteration waits for it. Throws `not_found`, `unavailable`. */
export const requireTrainer = async (projectId: string, trainerId: string): Promise<TrainerHere> => {
  const row = await db.trainer.findFirst({
    where: { id: trainerId, projectId },
    select: { id: true, name: true, state: true, sentence: true, info: true },
  });
  if (!row) throw new AppError('not_found', NOT_THERE);
  const { id, name, state, sentence, info } = row;
  const why = sentence ? ` ${sentence}` : '';
  if (state === 'absent')
    throw new AppError('unavailable', `This machine cannot train.${why} Register another trainer`);
  if (state === 'refused') throw new AppError('unavailable', `The trainer “${name}” does not take our jobs.${why}`);
  const parsed = trainerInfoSchema.safeParse(info);
  if (!parsed.success)
    throw new AppError('unavailable', `The trainer “${name}” has not answered yet: wait until it is online`);
  return { id, name, info: parsed.data };
};

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** Throws `unavailable` for an engine it cannot use, `invalid` for a device it does not have. */
export const requireDevice = ({ name, info }: TrainerHere, { engine, device }: Plan): void => {
  const known = info.engines.find((one) => one.name === engine);
  if (!known?.available) {
    const usable = list(info.engines.filter(({ available }) => available).map((one) => one.name));
    const why = known?.reason ? `: ${known.reason}` : '';
    throw new AppError(
      'unavailable',
      `The trainer “${name}” cannot use the engine “${engine}”${why} (usable: ${usable})`,
    );
  }
  if (device === null || !info.devicesReady || info.devices.some((one) => one.name === device)) return;
  const devices = list(info.devices.map((one) => one.name));
  throw new AppError('invalid', `The trainer “${name}” has no device “${device}” (it has: ${devices})`);
};

/** Throws `invalid` for a model that is not in its models folder. */
export const requireModel = ({ name, info }: TrainerHere, model: ModelRef): void => {
  if (model.source !== 'local' || info.models.includes(model.name)) return;
  throw new AppError(
    'invalid',
    `The trainer “${name}” has no model “${model.name}” in its models folder (it has: ${list(info.models)})`,
  );
};
