/**
 * The trainer of this machine: what `npm start` writes down about it, and the worker tells everyone. A file between the
 * two, so that neither needs the other: the installation goes on while the database is down, and the other way round.
 */
import { z } from 'zod';

/** Its name in the studio; nobody else may take it. */
export const LOCAL_TRAINER_NAME = 'this machine';

/** Below the studio's data folder. */
export const localTrainerFiles = {
  folder: 'trainer',
  status: 'trainer/local.json',
  token: 'trainer/token',
  port: 'trainer/port',
} as const;

export const localTrainerSchema = z.discriminatedUnion('state', [
  /** The sentence says what is being done, and for how long it has been. */
  z.object({ state: z.literal('preparing'), sentence: z.string() }),
  /** It cannot run here, could not be installed, or ends as soon as it is started. */
  z.object({ state: z.literal('absent'), sentence: z.string() }),
  /** Switched off by whoever started the studio. */
  z.object({ state: z.literal('off') }),
  /** It was started at this address: whether it answers is for whoever asks it. */
  z.object({ state: z.literal('started'), url: z.string() }),
]);
export type LocalTrainer = z.infer<typeof localTrainerSchema>;
