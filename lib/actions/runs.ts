'use server';
import { z } from 'zod';
import { setRunSampler } from '@/lib/data/runs/sampler';
import { samplerProfileSchema } from '@/lib/domain/frames/profile';
import type { Result } from '@/lib/errors';
import { queueRunVerification } from '@/lib/jobs/verify-run';
import { runAction } from './run-action';

const verifySchema = z.object({ runId: z.uuid() });

/** Queues the verification of every iteration of a run; the answer is how many tasks that makes. */
export async function verifyRun(input: z.input<typeof verifySchema>): Promise<Result<number>> {
  return runAction(
    verifySchema,
    input,
    async (viewer, { runId }) => (await queueRunVerification(viewer, runId)).length,
  );
}

const samplerSchema = z.object({ runId: z.uuid(), sampler: samplerProfileSchema.nullable() });

/** Says by which rule a run's model picked its frames. */
export async function saveRunSampler(input: z.input<typeof samplerSchema>): Promise<Result<null>> {
  return runAction(samplerSchema, input, async (viewer, { runId, sampler }) => {
    await setRunSampler(viewer, runId, sampler);
    return null;
  });
}
