'use server';
import { z } from 'zod';
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
