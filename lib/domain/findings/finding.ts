/** The five questions that a run is opened with, and what its figures answer. */
import { z } from 'zod';

export const findingTopics = ['learning', 'longer', 'consistent', 'dpo', 'worse'] as const;

/** `good` and `bad` are said only where the interval leaves out zero. */
export const findingTones = ['good', 'bad', 'plain', 'unknown'] as const;
export type FindingTone = (typeof findingTones)[number];

export const findingSchema = z.object({
  topic: z.enum(findingTopics),
  tone: z.enum(findingTones),
  /** The answer in a word or two. */
  word: z.string(),
  /** The answer with its figures, in sentences. */
  says: z.string(),
  /** Query string of the comparison behind it; null where nothing was compared. */
  comparison: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;
export const findingsSchema = z.array(findingSchema);
