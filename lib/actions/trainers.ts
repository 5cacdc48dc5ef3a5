'use server';
import { z } from 'zod';
import { checkTrainer } from '@/lib/data/trainers/health';
import { forgetTrainer, registerTrainer } from '@/lib/data/trainers/register';
import { type TrainerView, trainerRegistrationSchema } from '@/lib/domain/trainer-view';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

/** An empty field means none. */
const formSchema = z.preprocess((raw) => {
  const form = z.object({ rewardUrl: z.string().nullish() }).loose().safeParse(raw);
  return form.success ? { ...form.data, rewardUrl: form.data.rewardUrl?.trim() || null } : raw;
}, trainerRegistrationSchema);

/** What the form gives, as it was typed. */
export type TrainerForm = {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly rewardUrl: string;
};

/** Registers a trainer and asks it at once: whether it answers is in the result. */
export async function addTrainer(input: TrainerForm): Promise<Result<TrainerView>> {
  return runAction(formSchema, input, async (viewer, registration) =>
    checkTrainer(viewer, await registerTrainer(viewer, registration)),
  );
}

const idSchema = z.object({ id: z.uuid() });

/** Asks a trainer now and not at its next turn. */
export async function askTrainer(input: z.input<typeof idSchema>): Promise<Result<TrainerView>> {
  return runAction(idSchema, input, (viewer, { id }) => checkTrainer(viewer, id));
}

/** Forgets a trainer and its token. */
export async function removeTrainer(input: z.input<typeof idSchema>): Promise<Result<null>> {
  return runAction(idSchema, input, async (viewer, { id }) => {
    await forgetTrainer(viewer, id);
    return null;
  });
}
