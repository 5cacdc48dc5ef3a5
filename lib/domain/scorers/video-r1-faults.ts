/** Known faults of Video-R1's published reward: left out of our formulas, and copied on request for comparison. */
import { z } from 'zod';

export const videoR1Faults = ['first-type', 'separators', 'epsilon', 'nan', 'unknown-type'] as const;
export const videoR1FaultSchema = z.enum(videoR1Faults);
export type VideoR1Fault = z.infer<typeof videoR1FaultSchema>;

/** What each fault does, in one line for people. */
export const videoR1FaultNotes: Readonly<Record<VideoR1Fault, string>> = {
  'first-type': 'every row of a batch is scored by the type of its first row',
  separators: 'a number with a point or comma never equals one without: 4.0 is not 4',
  epsilon: 'regression adds 1e-9 to both sides of its fraction: 0 for 0 scores 0',
  nan: 'the regression answer nan scores 1',
  'unknown-type': 'a type without a formula scores 0 instead of nothing',
};
