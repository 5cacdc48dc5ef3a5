import 'server-only';
/** Which questions a run leaves out, for the loop that asks the others and for the screen that shows them. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import {
  CURRICULUM_SHOWN,
  type Curriculum,
  curriculumBasisSchema,
  curriculumSchema,
  type DroppedQuestion,
} from '@/lib/domain/curriculum';
import { AppError } from '@/lib/errors';

const excludedSchema = z.object({ id: z.uuid() });

/** Questions that the next iterations of a run leave out: dropped by an earlier one, and not put back. */
export const readExcluded = async (projectId: string, runId: string): Promise<Set<string>> => {
  const { rows } = await pool.query(
    `SELECT DISTINCT question_id AS id FROM curriculum_drop
     WHERE run_id = $1 AND project_id = $2 AND put_back_at IS NULL`,
    [runId, projectId],
  );
  return new Set(rows.map((row) => excludedSchema.parse(row).id));
};

const turnRow = z.object({
  iterationId: z.uuid(),
  k: z.int(),
  curriculum: curriculumBasisSchema,
  dropped: z.coerce.number(),
  putBack: z.coerce.number(),
});

const readTurns = async (runId: string): Promise<Curriculum['iterations']> => {
  const { rows } = await pool.query(
    `SELECT i.id AS "iterationId", i.k, i.curriculum, count(d.question_id) FILTER (WHERE d.put_back_at IS NULL) AS dropped,
            count(d.put_back_at) AS "putBack"
     FROM iteration i LEFT JOIN curriculum_drop d ON d.iteration_id = i.id
     WHERE i.run_id = $1 AND i.curriculum IS NOT NULL GROUP BY i.id ORDER BY i.k`,
    [runId],
  );
  return rows
    .map((row) => turnRow.parse(row))
    .map(({ curriculum: { asked, allRight, share }, ...turn }) => ({ ...turn, asked, allRight, share }));
};

const listDropped = async (runId: string, k: number | undefined): Promise<DroppedQuestion[]> => {
  const rows = await db.curriculumDrop.findMany({
    where: { runId, ...(k === undefined ? {} : { iteration: { k } }) },
    // Putting one back must not move it: the order knows nothing of that.
    orderBy: [{ iteration: { k: 'desc' } }, { question: { seq: 'asc' } }],
    take: CURRICULUM_SHOWN + 1,
    select: {
      questionId: true,
      iterationId: true,
      putBackAt: true,
      iteration: { select: { k: true } },
      question: { select: { questionSetId: true, prompt: true, kind: true } },
      putBackByUser: { select: { name: true } },
    },
  });
  return rows.map(({ question, iteration, putBackAt, putBackByUser, ...row }) => ({
    ...row,
    ...question,
    k: iteration.k,
    putBackAt: putBackAt?.toISOString() ?? null,
    putBackBy: putBackByUser?.name ?? null,
  }));
};

/**
 * The questions that a run leaves out, latest iteration first; with `k`, those that this iteration left out. Throws
 * `not_found` for foreign runs.
 */
export const getCurriculum = async (viewer: Viewer, runId: string, k?: number): Promise<Curriculum> => {
  const run = await db.run.findFirst({
    where: { id: runId, ...visibleTo(viewer) },
    select: { id: true, name: true },
  });
  if (!run) throw new AppError('not_found', 'Run not found');
  const [iterations, questions] = await Promise.all([readTurns(runId), listDropped(runId, k)]);
  return curriculumSchema.parse({
    run,
    iterations,
    questions: questions.slice(0, CURRICULUM_SHOWN),
    more: questions.length > CURRICULUM_SHOWN,
  });
};

/** Whether the viewer may put questions of a run back; reviewers only look. */
export const mayChangeCurriculum = async (viewer: Viewer, runId: string): Promise<boolean> => {
  const where = { id: runId, ...visibleTo(viewer, engineers) };
  return (await db.run.findFirst({ where, select: { id: true } })) !== null;
};
