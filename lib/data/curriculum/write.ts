import 'server-only';
/** Leaving out what is too easy, by the loop; putting back and leaving out again, by people. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { CurriculumBasis } from '@/lib/domain/curriculum';
import { questionsToDrop } from '@/lib/domain/loop/curriculum';
import { AppError } from '@/lib/errors';

/**
 * Each question that the iteration's GRPO asked, and whether all its rollouts are right to the full. The accuracy of a
 * rollout is the part of its reward that is not for form: there a graded score keeps its grade, and what a person
 * corrected is 1 or 0. Rewards are 32-bit, so a whole 1 may miss by 1e-7; the next grade below lies much lower.
 */
const READ_ASKED = `
  SELECT r.question_id AS id, min(q.key || chr(31) || s.name) AS name,
         bool_and(coalesce(r.reward - CASE WHEN r.well_formed THEN form.reward ELSE 0 END > 0.99999, false)) AS all_right
  FROM rollout r JOIN question q ON q.id = r.question_id JOIN question_set s ON s.id = q.question_set_id,
       (SELECT (v.settings->>'formatReward')::float8 AS reward
        FROM run JOIN verifier_version v ON v.id = run.verifier_version_id WHERE run.id = $1) form
  WHERE r.run_id = $1 AND r.iteration_id = $2 AND r.project_id = $3 AND r.stage IN ('activation', 'grpo')
  GROUP BY r.question_id`;

const askedSchema = z.object({ id: z.uuid(), name: z.string(), all_right: z.boolean() });

const insertDrops = async (
  { projectId, runId, iterationId }: { projectId: string; runId: string; iterationId: string },
  basis: CurriculumBasis,
  questionIds: readonly string[],
): Promise<void> => {
  // One statement, so that the drops and what they were decided from are there together or not at all.
  await pool.query(
    `WITH decided AS (
       UPDATE iteration SET curriculum = $4 WHERE id = $1 AND run_id = $2 AND project_id = $3 AND curriculum IS NULL
       RETURNING id, run_id, project_id
     )
     INSERT INTO curriculum_drop (iteration_id, run_id, project_id, question_id)
     SELECT d.id, d.run_id, d.project_id, q.id FROM decided d, unnest($5::uuid[]) AS q (id)`,
    [iterationId, runId, projectId, JSON.stringify(basis), questionIds],
  );
};

/**
 * Leaves `share` of the questions that every rollout of this iteration answers right out of the run's next
 * iterations. Returns how many this iteration has left out. Decided once: called again, after a kill or after
 * somebody corrected verdicts or put a question back, it changes nothing.
 */
export const dropEasyQuestions = async (
  projectId: string,
  runId: string,
  iterationId: string,
  share: number,
  seed: number,
): Promise<number> => {
  const { rows } = await pool.query(READ_ASKED, [runId, iterationId, projectId]);
  const asked = rows.map((row) => askedSchema.parse(row));
  // Drawn by name, not by id: a recorded run leaves out the same questions in every project.
  const easy = new Map(asked.filter(({ all_right }) => all_right).map(({ id, name }) => [name, id]));
  const drawn = questionsToDrop([...easy.keys()], share, seed).flatMap((name) => easy.get(name) ?? []);
  const basis = { asked: asked.length, allRight: easy.size, share, seed };
  await insertDrops({ projectId, runId, iterationId }, basis, drawn);
  const counted = await pool.query<{ count: string }>(
    'SELECT count(*) AS count FROM curriculum_drop WHERE iteration_id = $1',
    [iterationId],
  );
  await notify({ projectId, topic: 'iteration', id: iterationId });
  return Number(counted.rows[0]?.count ?? 0);
};

/** A question in the curriculum of an iteration that left it out. */
export type DroppedKey = { readonly iterationId: string; readonly questionId: string };

/** Throws `not_found` for iterations of others, for reviewers, and for questions that it did not leave out. */
const requireDropped = async (
  viewer: Viewer,
  { iterationId, questionId }: DroppedKey,
): Promise<{ projectId: string; runId: string }> => {
  const row = await db.curriculumDrop.findFirst({
    where: { iterationId, questionId, ...visibleTo(viewer, engineers) },
    select: { projectId: true, runId: true },
  });
  if (!row) {
    throw new AppError(
      'not_found',
      'This question is not left out, or your role does not allow changing the curriculum',
    );
  }
  return row;
};

/**
 * Lets the run's next iterations ask a question again, whichever of its iterations left it out. Engineers only; again
 * changes nothing. Throws `not_found`.
 */
export const putBack = async (viewer: Viewer, key: DroppedKey): Promise<void> => {
  const { projectId, runId } = await requireDropped(viewer, key);
  await db.curriculumDrop.updateMany({
    where: { runId, questionId: key.questionId, putBackAt: null },
    data: { putBackAt: new Date(), putBackBy: viewer.userId },
  });
  await notify({ projectId, topic: 'iteration', id: key.iterationId });
};

/** Takes `putBack` back: this iteration leaves the question out again. Engineers only. Throws `not_found`. */
export const leaveOutAgain = async (viewer: Viewer, key: DroppedKey): Promise<void> => {
  const { projectId } = await requireDropped(viewer, key);
  await db.curriculumDrop.updateMany({ where: { ...key }, data: { putBackAt: null, putBackBy: null } });
  await notify({ projectId, topic: 'iteration', id: key.iterationId });
};
