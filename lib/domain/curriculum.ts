/** The curriculum of a run: questions that are too easy to teach anything, left out of the next iterations. */
import { z } from 'zod';

const count = z.int().nonnegative();

/** What an iteration's curriculum was decided from, as it was then. */
export const curriculumBasisSchema = z.object({
  /** Questions with rollouts of GRPO. */
  asked: count,
  /** Those whose every rollout was right to the full. */
  allRight: count,
  share: z.number().min(0).max(1),
  seed: z.int(),
});
export type CurriculumBasis = z.infer<typeof curriculumBasisSchema>;

const droppedQuestionSchema = z.object({
  questionId: z.uuid(),
  questionSetId: z.uuid(),
  prompt: z.string(),
  kind: z.string(),
  /** The iteration that left it out. */
  iterationId: z.uuid(),
  k: count,
  /** When a person put it back; null while it is left out. */
  putBackAt: z.string().nullable(),
  /** Who did; null while it is left out, and when that person was removed. */
  putBackBy: z.string().nullable(),
});
export type DroppedQuestion = z.infer<typeof droppedQuestionSchema>;

/** At most as many questions in one answer; the counts are of all. */
export const CURRICULUM_SHOWN = 500;

export const curriculumSchema = z.object({
  run: z.object({ id: z.uuid(), name: z.string() }),
  /** Per iteration that decided one, oldest first: its questions, those all right, those left out now and put back. */
  iterations: z.array(
    z.object({
      iterationId: z.uuid(),
      k: count,
      asked: count,
      allRight: count,
      share: z.number(),
      dropped: count,
      putBack: count,
    }),
  ),
  questions: z.array(droppedQuestionSchema),
  /** More are left out than are listed. */
  more: z.boolean(),
});
export type Curriculum = z.infer<typeof curriculumSchema>;
export type IterationCurriculum = Curriculum['iterations'][number];
