import 'server-only';
/** One question with everything its page shows. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type QuestionDetail, questionDetailSchema } from '@/lib/domain/question-set';
import type { QuestionView } from '@/lib/domain/rollouts/detail';
import { AppError } from '@/lib/errors';
import { questionSelect, questionViewOf } from './question-view';
import { mediaState } from './read';

const runsSchema = questionDetailSchema.shape.runs;

/** Throws `not_found` for foreign questions too, and for those of another set. */
export const getQuestion = async (viewer: Viewer, setId: string, id: string): Promise<QuestionDetail> => {
  const found = await pool.query(
    `SELECT question.id, question.question_set_id AS "questionSetId", question_set.name AS "questionSet", question.key,
            question.kind, question.modality, question.prompt, question.options, question.truth, question.split,
            question.source, question.media_path AS "mediaPath", question.media_id AS "mediaId",
            ${mediaState} AS media, media.sentence
     FROM question JOIN question_set ON question_set.id = question.question_set_id
          LEFT JOIN media ON media.id = question.media_id
     WHERE question.project_id IN ${visibleProjects} AND question.question_set_id = $3 AND question.id = $4`,
    [...projectValues(viewer), setId, id],
  );
  if (found.rows.length === 0) throw new AppError('not_found', 'Question not found');
  const runs = await pool.query(
    `SELECT run.id, run.name, count(*)::int AS rollouts FROM rollout JOIN run ON run.id = rollout.run_id
     WHERE rollout.question_id = $3 AND rollout.project_id IN ${visibleProjects}
     GROUP BY run.id, run.name ORDER BY run.name, run.id LIMIT 200`,
    [...projectValues(viewer), id],
  );
  const runRows: z.infer<typeof runsSchema> = runsSchema.parse(runs.rows);
  return questionDetailSchema.parse({ ...z.record(z.string(), z.unknown()).parse(found.rows[0]), runs: runRows });
};

/** The set that a question is in. Throws `not_found` for foreign questions too. */
export const findSetOfQuestion = async (viewer: Viewer, id: string): Promise<string> => {
  const row = await db.question.findFirst({ where: { id, ...visibleTo(viewer) }, select: { questionSetId: true } });
  if (!row) throw new AppError('not_found', 'Question not found');
  return row.questionSetId;
};

/** The question as its player shows it. Throws `not_found` for foreign questions too. */
export const getQuestionVideo = async (viewer: Viewer, id: string): Promise<QuestionView> => {
  const row = await db.question.findFirst({ where: { id, ...visibleTo(viewer) }, select: questionSelect });
  if (!row) throw new AppError('not_found', 'Question not found');
  return questionViewOf(row);
};
