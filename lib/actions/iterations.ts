'use server';
import { z } from 'zod';
import { cancelIteration } from '@/lib/data/iterations/cancel';
import { launchIteration } from '@/lib/data/iterations/launch';
import { retryIteration } from '@/lib/data/iterations/retry';
import { retryStageSchema } from '@/lib/domain/iteration';
import { type Launched, type LaunchRequest, launchSchema } from '@/lib/domain/loop/launch';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

/** Launches the next iteration of a run, or a new run; the answer says where it is. */
export async function launch(input: LaunchRequest): Promise<Result<Launched>> {
  return runAction(launchSchema, input, launchIteration);
}

const iterationSchema = z.object({ iterationId: z.uuid() });

/** Asks an iteration to end: its job on the trainer first. */
export async function stopIteration(input: z.input<typeof iterationSchema>): Promise<Result<null>> {
  return runAction(iterationSchema, input, async (viewer, { iterationId }) => {
    await cancelIteration(viewer, iterationId);
    return null;
  });
}

const retrySchema = z.object({ iterationId: z.uuid(), from: retryStageSchema });

/** Lets a failed or cancelled iteration go on from a stage. */
export async function retryFrom(input: z.input<typeof retrySchema>): Promise<Result<null>> {
  return runAction(retrySchema, input, async (viewer, { iterationId, from }) => {
    await retryIteration(viewer, iterationId, from);
    return null;
  });
}
