'use server';
import { z } from 'zod';
import { removeView, saveView } from '@/lib/data/saved-views/store';
import { savedViewInputSchema } from '@/lib/domain/saved-view';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

const idSchema = z.object({ id: z.uuid() });

export async function keepView(input: z.input<typeof savedViewInputSchema>): Promise<Result<string>> {
  return runAction(savedViewInputSchema, input, saveView);
}

export async function forgetView(input: z.input<typeof idSchema>): Promise<Result<null>> {
  return runAction(idSchema, input, async (viewer, { id }) => {
    await removeView(viewer, id);
    return null;
  });
}
