/** The curriculum of a run: questions that are too easy to teach anything, left out of the next iterations. */
import { z } from 'zod';

const count = z.int().nonnegative();

export const droppedQuestionSchema = z.object({
  questionId: z.uuid(),
  questionSetId: z.uuid(),
  prompt: z.string(),
  kind: z.string(),
  /** The iteration that left it out. */
  iterationId: z.uuid(),
  k: count,
  /** When a person put it back; null while it is left out. */
  putBackAt: z.string().nullable(),
});
export type DroppedQuestion = z.infer<typeof droppedQuestionSchema>;

export const curriculumSchema = z.object({
  /** Per iteration: its questions, those all right, and those left out. */
  iterations: z.array(
    z.object({ iterationId: z.uuid(), k: count, asked: count, allRight: count, dropped: count, putBack: count }),
  ),
  questions: z.array(droppedQuestionSchema),
  /** More are left out than are listed. */
  more: z.boolean(),
});
export type Curriculum = z.infer<typeof curriculumSchema>;
