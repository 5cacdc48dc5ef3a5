/** What the thresholds screen asks about, as it stands in addresses. */
import { z } from 'zod';

export const askedSchema = z.object({
  run: z.uuid(),
  /** Left out for all of the run. */
  iteration: z.uuid().optional(),
  /** The version that thresholds are moved away from. */
  from: z.uuid(),
});
export type Asked = z.infer<typeof askedSchema>;
