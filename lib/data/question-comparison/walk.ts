import 'server-only';
import { readTallies } from '@/lib/data/comparison/read-tallies';
import { flipSlot } from '@/lib/data/comparison/slots';
/** The questions around one, in a list to walk through. */
import { countQuery } from '@/lib/data/count-query';
import { sliceValues, wantedSlices } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import { listFlips } from '@/lib/domain/comparison/flips';
import type { FlipsAsked } from '@/lib/domain/comparison/flips-asked';
import { columnsOfAspect } from '@/lib/domain/comparison/outcome';
import { sharedPlaces } from '@/lib/domain/comparison/tallies';
import type { WalkScope } from '@/lib/domain/question-comparison/address';
import { type QuestionWalk, questionWalkSchema } from '@/lib/domain/question-comparison/comparison';
import { facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';

/** The questions that all slices were asked, in the order they came in. */
const walkShared = async (
  viewer: Viewer,
  questionId: string,
  slices: readonly Slice[],
  { set, kind }: Narrow,
): Promise<QuestionWalk> => {
  const { rows } = await countQuery(
    `WITH ${wantedSlices}, shared AS (
       SELECT part.question_id AS id FROM wanted
       JOIN rollout_group AS part ON part.run_id = wanted.run_id AND part.iteration_id = wanted.iteration_id
         AND part.stage = ('{${facetDigits.stage.values.join(',')}}'::text[])[1 + wanted.stage]
       GROUP BY 1 HAVING count(DISTINCT wanted.side) = $6
     ), listed AS MATERIALIZED (
       SELECT question.id, question.seq FROM shared JOIN question ON question.id = shared.id
       WHERE (cardinality($8::uuid[]) = 0 OR question.question_set_id = ANY($8))
         AND (cardinality($9::text[]) = 0 OR question.kind = ANY($9))
     ), here AS (
       -- Where a question stands that is not the viewer's is not told either.
       SELECT question.seq FROM question JOIN member ON member.project_id = question.project_id AND member.user_id = $1
         AND ($2::uuid IS NULL OR question.project_id = $2)
       WHERE question.id = $7
     )
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

/** The questions that changed so from the first slice to the second, in the order of the comparison's own list. */
const walkFlips = async (
  viewer: Viewer,
  questionId: string,
  pair: readonly [Slice, Slice],
  narrow: Narrow,
  flip: FlipsAsked,
): Promise<QuestionWalk> => {
  const { sides, questionIds } = await flipSlot(() => readTallies(viewer, pair, narrow, columnsOfAspect[flip.aspect]));
  const [base = new Float64Array(), other = new Float64Array()] = sides;
  const idOf = (place: number): string => questionIds[place] ?? '';
  const ids = listFlips(base, other, sharedPlaces(base, other), flip, idOf).map(({ place }) => idOf(place));
  const at = ids.indexOf(questionId);
  return {
    total: ids.length,
    position: at < 0 ? null : at + 1,
    previousId: ids[at - 1] ?? null,
    // From outside, as when a correction took the question out, the list begins anew.
    nextId: ids[at + 1] ?? null,
  };
};

/**
 * Where the question stands in a list, and which ones are before and after it: of those that flipped between the first
 * two slices, or without a flip of all that every slice was asked. Throws `not_found` for flips of foreign slices;
 * otherwise foreign slices hold no questions.
 */
export const getQuestionWalk = async (
  viewer: Viewer,
  questionId: string,
  slices: readonly Slice[],
  { flip, narrow }: WalkScope,
): Promise<QuestionWalk> => {
  const [base, other] = slices;
  return flip && base && other
    ? walkFlips(viewer, questionId, [base, other], narrow, flip)
    : walkShared(viewer, questionId, slices, narrow);
};
