import 'server-only';
/** The questions that two slices have in common, as a list to walk through. */
import { pool } from '@/lib/data/db';
import { sliceValues, wantedSlices } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import { type QuestionWalk, questionWalkSchema } from '@/lib/domain/question-comparison/comparison';
import { facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';

/**
 * Where the question stands among those that all `slices` were asked, in the order of their sets, and which ones are
 * before and after it. Slices that the viewer may not see hold no questions.
 */
export const getQuestionWalk = async (
  viewer: Viewer,
  questionId: string,
  slices: readonly Slice[],
  { set, kind }: Narrow,
): Promise<QuestionWalk> => {
  const { rows } = await pool.query(
    `WITH ${wantedSlices}, shared AS (
       SELECT part.question_id AS id FROM wanted
       JOIN rollout_group AS part ON part.run_id = wanted.run_id AND part.iteration_id = wanted.iteration_id
         AND part.stage = ('{${facetDigits.stage.values.join(',')}}'::text[])[1 + wanted.stage]
       GROUP BY 1 HAVING count(DISTINCT wanted.side) = $6
     ), listed AS MATERIALIZED (
       SELECT question.id, question.seq FROM shared JOIN question ON question.id = shared.id
       WHERE (cardinality($8::uuid[]) = 0 OR question.question_set_id = ANY($8))
         AND (cardinality($9::text[]) = 0 OR question.kind = ANY($9))
     ), here AS (SELECT seq FROM question WHERE id = $7)
     SELECT count(*)::int AS total,
            CASE WHEN bool_or(listed.id = $7)
              THEN (count(*) FILTER (WHERE listed.seq <= (SELECT seq FROM here)))::int END AS position,
            (SELECT id FROM listed WHERE seq < (SELECT seq FROM here) ORDER BY seq DESC LIMIT 1) AS "previousId",
            (SELECT id FROM listed WHERE seq > (SELECT seq FROM here) ORDER BY seq LIMIT 1) AS "nextId"
     FROM listed`,
    [...sliceValues(viewer, slices), slices.length, questionId, set, kind],
  );
  return questionWalkSchema.parse(rows[0]);
};
