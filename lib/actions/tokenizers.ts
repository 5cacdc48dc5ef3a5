'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { removeTokenizer } from '@/lib/data/tokenizers/store';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

const idSchema = z.object({ id: z.uuid() });

export async function forgetTokenizer(input: z.input<typeof idSchema>): Promise<Result<null>> {
  return runAction(idSchema, input, async (viewer, { id }) => {
    await removeTokenizer(viewer, id);
    revalidatePath('/settings');
    return null;
  });
}
