import 'server-only';
/** Question sets as a launch chooses them: how many questions a trainer can be sent. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { questionCellSchema, type SetChoice } from '@/lib/domain/loop/launch-choices';

const MAX_SETS = 500;
/** Splits are free text of files: a set with a split per question would make a row per question. */
const MAX_SPLIT = 60;

const rowSchema = questionCellSchema.extend({ setId: z.uuid() });

/** By name; at most 500. `runId` says whose curriculum leaves questions out. */
export const listSetChoices = async (viewer: Viewer, runId: string | null): Promise<SetChoice[]> => {
  const [sets, { rows }] = await Promise.all([
    db.questionSet.findMany({
      where: visibleTo(viewer),
      orderBy: { name: 'asc' },
      take: MAX_SETS,
      select: { id: true, name: true },
    }),
    pool.query(
      `SELECT q.question_set_id AS "setId", q.kind, q.modality, left(q.split, ${MAX_SPLIT}) AS split,
              count(*)::int AS questions,
              count(*) FILTER (WHERE q.usable)::int AS usable,
              count(*) FILTER (WHERE q.pending)::int AS pending,
              count(*) FILTER (WHERE q.usable AND q.excluded)::int AS excluded,
              count(*) FILTER (WHERE q.usable AND NOT q.excluded AND q.truth <> '')::int AS scored
       FROM (
         SELECT question.question_set_id, question.kind, question.modality, question.split, btrim(question.truth) AS truth,
                question.modality = 'text' OR coalesce(media.state IN ('playable', 'pending'), false) AS usable,
                question.modality <> 'text' AND coalesce(media.state = 'pending', false) AS pending,
                dropped.question_id IS NOT NULL AS excluded
         FROM question LEFT JOIN media ON media.id = question.media_id
         LEFT JOIN (
           SELECT DISTINCT question_id FROM curriculum_drop WHERE run_id = $3 AND put_back_at IS NULL
         ) AS dropped ON dropped.question_id = question.id
         WHERE question.project_id IN ${visibleProjects}
       ) AS q
       GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, 2, 3, 4`,
      [...projectValues(viewer), runId],
    ),
  ]);
  const cells = z.array(rowSchema).parse(rows);
  return sets.map((set) => ({
    ...set,
    cells: cells.filter(({ setId }) => setId === set.id).map(({ setId: _set, ...cell }) => cell),
  }));
};
