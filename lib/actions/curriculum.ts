'use server';
/** The curriculum, by people. */
import { z } from 'zod';
import { leaveOutAgain, putBack } from '@/lib/data/curriculum/write';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

const droppedSchema = z.object({ iterationId: z.uuid(), questionId: z.uuid() });

/** Lets the next iterations ask a question that was left out. */
export async function putQuestionBack(input: z.input<typeof droppedSchema>): Promise<Result<null>> {
  return runAction(droppedSchema, input, async (viewer, key) => {
    await putBack(viewer, key);
    return null;
  });
}

/** Takes that back. */
export async function leaveQuestionOut(input: z.input<typeof droppedSchema>): Promise<Result<null>> {
  return runAction(droppedSchema, input, async (viewer, key) => {
    await leaveOutAgain(viewer, key);
    return null;
  });
}
