'use server';
import { z } from 'zod';
import type { Result } from '@/lib/errors';
import { queueProposal } from '@/lib/jobs/propose-pairs';
import { runAction } from './run-action';

const proposeSchema = z.object({
  iterationId: z.uuid(),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(0),
});

/** Queues the proposal of pairs for an iteration; the answer is its task's id. */
export async function proposePairs(input: z.input<typeof proposeSchema>): Promise<Result<string>> {
  return runAction(proposeSchema, input, (viewer, { iterationId, seed }) => queueProposal(viewer, iterationId, seed));
}
