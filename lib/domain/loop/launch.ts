/** What a launch is asked for with: a run, or a new one, the weights to start from, and the plan of the iteration. */
import { z } from 'zod';
import { storableString } from '@/lib/domain/text/storable';
import { modelSchema } from '@/lib/domain/trainer/job';
import { planSchema } from './plan';

export const runNameSchema = storableString().trim().min(1, 'Give the run a name').max(200, 'That name is too long');

/** The base of a new run: weights that lie on this trainer, or that it builds. */
export const baseSchema = z.strictObject({ trainerId: z.uuid(), model: modelSchema });

export const launchSchema = z.strictObject({
  run: z.union([z.strictObject({ id: z.uuid() }), z.strictObject({ name: runNameSchema, base: baseSchema })]),
  trainerId: z.uuid(),
  /** Null: the base of a new run, else the run's newest final checkpoint. */
  startCheckpointId: z.uuid().nullable().default(null),
  plan: planSchema,
});
/** What a form or a file says. */
export type LaunchRequest = z.input<typeof launchSchema>;
export type Launch = z.infer<typeof launchSchema>;

const launchedSchema = z.object({ iterationId: z.uuid(), runId: z.uuid(), k: z.int().nonnegative() });
export type Launched = z.infer<typeof launchedSchema>;
