import 'server-only';
/** Length against accuracy within a question: sums over groups, each of which is one question at one step of the policy. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import type { LengthWithin } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { withinSumsSchema } from '@/lib/domain/lengths/within';
import {
  correctDigit,
  facetPart,
  lengthColumn,
  lengthScope,
  partOrder,
  partValue,
  readSetNames,
  readSlices,
  sliceOf,
  stageDigit,
} from './scope';

const rowSchema = withinSumsSchema.extend({ side: z.int(), part: z.union([z.int(), z.uuid()]) });

/**
 * The sums of every asked slice, by value of the facet where it is of the question: right and wrong, and consistent and
 * inconsistent are told apart inside a group, so those facets leave slices whole. Foreign slices are dropped.
 */
export const getLengthWithin = async (viewer: Viewer, selection: LengthSelection): Promise<LengthWithin> => {
  const { slices, narrow, unit } = selection;
  const facet = selection.facet === 'kind' || selection.facet === 'set' ? selection.facet : null;
  // Groups must hold right and wrong ones: narrowing by accuracy would leave none.
  const scope = lengthScope({ viewer, slices, narrow: { ...narrow, correct: [] } });
  const column = lengthColumn[unit];
  const x = `ln(greatest(${column}, 1)) / ${Math.LN2}`;
  const [{ seen, indexOf }, { rows }] = await Promise.all([
    readSlices(viewer, slices),
    countQuery(
      `WITH ${scope.with}, drawn AS MATERIALIZED (
         SELECT rollout.iteration_id, ${stageDigit} AS stage, rollout.step, rollout.question_id, ${facetPart(facet)} AS part,
                count(*)::float8 AS n, (count(*) FILTER (WHERE ${correctDigit} = 0))::float8 AS y,
                sum(${x}) AS x, sum((${x}) ^ 2) AS x2, sum(${x}) FILTER (WHERE ${correctDigit} = 0) AS xy,
                sum(${column})::float8 AS length, (sum(${column}) FILTER (WHERE ${correctDigit} = 0))::float8 AS right_length
         FROM rollout WHERE ${scope.where} AND ${column} IS NOT NULL AND ${correctDigit} < 2
         GROUP BY 1, 2, 3, 4, 5
       ), centred AS (
         SELECT iteration_id, stage, part, right_length * (n - y) - (length - right_length) * y AS lead,
                xy - x * y / n AS sxy, greatest(x2 - x * x / n, 0) AS sxx
         FROM drawn WHERE y > 0 AND y < n
       )
       SELECT wanted.side, centred.part, count(*)::int AS groups, (count(*) FILTER (WHERE lead > 0))::int AS longer,
              (count(*) FILTER (WHERE lead < 0))::int AS shorter, (count(*) FILTER (WHERE lead = 0))::int AS tied,
              sum(sxy) AS xy, sum(sxx) AS xx, sum(sxy * sxy) AS xy2, sum(sxy * sxx) AS xyxx, sum(sxx * sxx) AS xx2
       FROM wanted JOIN centred ON ${sliceOf('centred')} GROUP BY 1, 2`,
      scope.values,
    ),
  ]);
  const found = rows.flatMap((row) => {
    const { side, part, ...sums } = rowSchema.parse(row);
    const slice = indexOf.get(side);
    return slice === undefined ? [] : [{ slice, value: partValue(facet, part), sums }];
  });
  const names = await readSetNames(viewer, facet === 'set' ? found.flatMap(({ value }) => value ?? []) : []);
  const order = partOrder(facet, names);
  const series = found.toSorted((a, b) => order(a.value ?? '', b.value ?? '') || a.slice - b.slice);
  return { slices: seen, series, names };
};
