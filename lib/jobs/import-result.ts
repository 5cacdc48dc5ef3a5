/** What a finished import task carries as its result. */
import { z } from 'zod';

const count = z.int().nonnegative();
export const importResultSchema = z.object({
  rolloutsNew: count,
  rolloutsKnown: count,
  questionsNew: count,
  refused: count,
  /** False when it was cancelled: running it again continues. */
  complete: z.boolean(),
  /** What was odd without being refused, by line; the first hundred. */
  warnings: z.array(z.object({ at: z.int(), reason: z.string() })).readonly(),
  warningCount: count,
  /** Name of the earlier import of these very bytes, which made this one needless. */
  sameAs: z.string().nullable(),
  /** Ids of the tasks it set off. */
  followUps: z.array(z.uuid()),
});
export type ImportResult = z.infer<typeof importResultSchema>;
