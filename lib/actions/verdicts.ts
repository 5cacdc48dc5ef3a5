'use server';
/** Corrections of verdicts, by people. */
import { z } from 'zod';
import { correctVerdict, withdrawCorrection } from '@/lib/data/verdicts/correct';
import { checkSchema } from '@/lib/domain/verdict';
import { correctionSchema } from '@/lib/domain/verdict-correction';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

const MAX_REASON = 2_000;
const reasonSchema = z
  .string()
  .trim()
  .min(1, 'Say why, in a few words')
  .max(MAX_REASON, `At most ${MAX_REASON} characters`)
  .transform((reason) => reason.replaceAll('\0', '').toWellFormed());

const correctSchema = z.object({
  decisionId: z.uuid(),
  rolloutId: z.uuid(),
  correction: correctionSchema,
  reason: reasonSchema,
});

/** Says what a check should have said, and why. */
export async function correctCheck(input: z.input<typeof correctSchema>): Promise<Result<null>> {
  return runAction(correctSchema, input, async (viewer, act) => {
    await correctVerdict(viewer, act);
    return null;
  });
}

const withdrawSchema = z.object({
  decisionId: z.uuid(),
  rolloutId: z.uuid(),
  check: checkSchema,
  reason: reasonSchema,
});

/** Takes a correction back. */
export async function withdrawCheck(input: z.input<typeof withdrawSchema>): Promise<Result<null>> {
  return runAction(withdrawSchema, input, async (viewer, act) => {
    await withdrawCorrection(viewer, act);
    return null;
  });
}
