'use server';
import { revalidatePath } from 'next/cache';
import { freezeByHand } from '@/lib/data/gates/hands';
import { type FreezeRequest, freezeSchema } from '@/lib/data/pair-sets/freeze';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

/** Freezes the approved pairs of an iteration; the answer is the new set. */
export async function freezePairs(input: FreezeRequest): Promise<Result<{ id: string; number: number }>> {
  return runAction(freezeSchema, input, async (viewer, request) => {
    const set = await freezeByHand(viewer, request);
    revalidatePath('/pair-sets');
    return set;
  });
}
