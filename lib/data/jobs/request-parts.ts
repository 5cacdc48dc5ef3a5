import 'server-only';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type ModelRef, modelSchema } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';
import type { JobRecord } from './record';

export type RequestParts = {
  /** The weights it starts from. */
  readonly model: ModelRef;
  readonly runName: string;
  readonly k: number;
  /** Number of the run's verifier version, which scores. */
  readonly verifierVersion: number;
};

const rowSchema = z.object({
  checkpoint: z.object({ model: modelSchema }),
  iteration: z.object({
    k: z.int(),
    run: z.object({ name: z.string(), verifierVersion: z.object({ number: z.int() }) }),
  }),
});

/** What a request says besides a job's own row. Throws `conflict` when the weights are no longer known. */
export const readRequestParts = async ({ id, projectId }: JobRecord): Promise<RequestParts> => {
  const row = await db.job.findFirst({
    where: { id, projectId },
    select: {
      checkpoint: { select: { model: true } },
      iteration: {
        select: { k: true, run: { select: { name: true, verifierVersion: { select: { number: true } } } } },
      },
    },
  });
  if (!row?.checkpoint) throw new AppError('conflict', 'The weights that this job starts from are no longer known.');
  const { checkpoint, iteration } = rowSchema.parse(row);
  const { name, verifierVersion } = iteration.run;
  return { model: checkpoint.model, runName: name, k: iteration.k, verifierVersion: verifierVersion.number };
};
