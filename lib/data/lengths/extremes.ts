import 'server-only';
/** The longest and the shortest rollouts of the asked slices together. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import { EXTREMES, type Extreme, extremeSchema, type LengthExtremes } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { isPlaced, lengthColumn, lengthScope, readSlices, stageDigit, turnParts } from './scope';

const rowSchema = extremeSchema.omit({ slice: true }).extend({ side: z.int() });

/** Which ones in the index; the row and its question are read for those alone. */
const readEnd = async (
  viewer: Viewer,
  { slices, narrow, unit }: LengthSelection,
  order: 'ASC' | 'DESC',
): Promise<z.infer<typeof rowSchema>[]> => {
  const scope = lengthScope({ viewer, slices, narrow });
  const column = lengthColumn[unit];
  const { rows } = await countQuery(
    `WITH ${scope.with}, ${turnParts}, ends AS MATERIALIZED (
       SELECT rollout.run_id, rollout.seq, ${column} AS length FROM rollout
       WHERE ${scope.where} AND ${column} IS NOT NULL AND ${isPlaced}
       ORDER BY length ${order}, rollout.seq LIMIT ${EXTREMES}
     )
     SELECT r.id AS "rolloutId", wanted.side, ends.length, left(question.prompt, 300) AS prompt, r.step,
            r.sample_index AS sample, r.correct, r.consistency, r.length_class AS "lengthClass",
            ${unit === 'tokens' ? `coalesce(r.token_source = 'estimate', false)` : 'false'} AS estimated
     FROM ends JOIN rollout r ON r.run_id = ends.run_id AND r.seq = ends.seq
     JOIN question ON question.id = r.question_id
     JOIN wanted ON wanted.iteration_id = r.iteration_id AND wanted.stage = ${stageDigit.replaceAll('rollout.', 'r.')}
     ORDER BY ends.length ${order}, ends.seq`,
    scope.values,
  );
  return rows.map((row) => rowSchema.parse(row));
};

/** Twenty at each end, ties in the order of import; foreign slices are dropped. */
export const getLengthExtremes = async (viewer: Viewer, selection: LengthSelection): Promise<LengthExtremes> => {
  const [{ seen, indexOf }, longest, shortest] = await Promise.all([
    readSlices(viewer, selection.slices),
    readEnd(viewer, selection, 'DESC'),
    readEnd(viewer, selection, 'ASC'),
  ]);
  const placed = (rows: readonly z.infer<typeof rowSchema>[]): Extreme[] =>
    rows.flatMap(({ side, ...row }) => {
      const slice = indexOf.get(side);
      return slice === undefined ? [] : [{ slice, ...row }];
    });
  return { slices: seen, longest: placed(longest), shortest: placed(shortest) };
};
