'use server';
import { revalidatePath } from 'next/cache';
import { type FreezeRequest, freezePairSet, freezeSchema } from '@/lib/data/pair-sets/freeze';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

/** Freezes the approved pairs of an iteration; the answer is the new set. */
export async function freezePairs(input: FreezeRequest): Promise<Result<{ id: string; number: number }>> {
  return runAction(freezeSchema, input, async (viewer, request) => {
    const set = await freezePairSet(viewer, request);
    revalidatePath('/pair-sets');
    return set;
  });
}
