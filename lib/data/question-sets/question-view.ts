import 'server-only';
/** The question behind a rollout or group with its video, as their pages show it. */
import { z } from 'zod';
import { type QuestionView, questionViewSchema } from '@/lib/domain/rollouts/detail';

export const questionSelect = {
  id: true,
  prompt: true,
  options: true,
  truth: true,
  modality: true,
  mediaPath: true,
  media: { select: { id: true, state: true, sentence: true, relPath: true, probe: true } },
} as const;

const rowSchema = questionViewSchema.omit({ media: true }).extend({
  media: z.object({ relPath: z.string(), probe: z.unknown() }).loose().nullable(),
});

/** From the row that `questionSelect` reads. */
export const questionViewOf = (raw: unknown): QuestionView => {
  const { media, ...row } = rowSchema.parse(raw);
  return questionViewSchema.parse({ ...row, media: media && { ...media, name: media.relPath } });
};
