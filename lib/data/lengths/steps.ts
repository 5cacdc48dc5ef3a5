import 'server-only';
/** Quantiles of lengths over the steps of the policy that sampled. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import { type LengthSteps, quantileShares } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { isPlaced, lengthColumn, lengthScope, placeCode, placeOfCode, readSlices, sliceOf, turnParts } from './scope';

/** Points of one series. */
const MOST_POINTS = 40;
/** More than steps divided by any width. */
const MOST_BINS = 10_000_000_000;
const shares = Object.values(quantileShares).slice(0, 5);

/** How far the steps of the asked slices reach: groups are an eighth of the rollouts. */
const readReach = async (viewer: Viewer, selection: LengthSelection): Promise<number> => {
  const scope = lengthScope({ viewer, ...selection });
  const { rows } = await countQuery(
    `WITH ${scope.with}
     SELECT coalesce(max(reach), 0)::int AS reach FROM (
       SELECT max(step) - min(step) + 1 AS reach FROM rollout_group
       WHERE run_id = ANY(ARRAY(SELECT run_id FROM wanted)) AND iteration_id = ANY(ARRAY(SELECT iteration_id FROM wanted))
       GROUP BY iteration_id, stage
     ) AS each`,
    scope.values.slice(0, 5),
  );
  return z.object({ reach: z.int() }).parse(rows[0]).reach;
};

/** Steps in a point: 1, 2 or 5 times a power of ten. */
const widthOf = (reach: number): number => {
  const least = reach / (MOST_POINTS - 1);
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => width >= least) ?? 10 * power;
};

const rowSchema = z.object({
  side: z.int(),
  from: z.int(),
  to: z.int(),
  n: z.int(),
  quantiles: z.array(z.int()).length(5),
});

/** The quantiles of every asked slice with more than one step; foreign slices are dropped. */
export const getLengthSteps = async (viewer: Viewer, selection: LengthSelection): Promise<LengthSteps> => {
  const width = widthOf(await readReach(viewer, selection));
  const scope = lengthScope({ viewer, ...selection });
  const column = lengthColumn[selection.unit];
  const [{ seen, indexOf }, { rows }] = await Promise.all([
    readSlices(viewer, selection.slices),
    countQuery(
      // Slice and bin in one number: sorting by it is what takes the time.
      `WITH ${scope.with}, ${turnParts}, point AS MATERIALIZED (
         SELECT (${placeCode})::bigint * ${MOST_BINS} + rollout.step / ${width} AS code,
                min(rollout.step) AS "from", max(rollout.step) AS "to", count(*)::int AS n,
                percentile_disc(ARRAY[${shares.join(', ')}]) WITHIN GROUP (ORDER BY ${column}) AS quantiles
         FROM rollout WHERE ${scope.where} AND ${column} IS NOT NULL AND ${isPlaced} GROUP BY 1
       ), placed AS (
         SELECT ${placeOfCode(`(code / ${MOST_BINS})`)}, "from", "to", n, quantiles FROM point
       )
       SELECT wanted.side, placed."from", placed."to", placed.n, placed.quantiles
       FROM wanted JOIN placed ON ${sliceOf('placed')} ORDER BY wanted.side, placed."from"`,
      scope.values,
    ),
  ]);
  const points = Map.groupBy(
    rows.map((row) => rowSchema.parse(row)),
    ({ side }) => side,
  );
  const series = [...points].flatMap(([side, own]) => {
    const slice = indexOf.get(side);
    if (slice === undefined || own.every(({ from, to }) => from === to && from === own[0]?.from)) return [];
    return [
      {
        slice,
        points: own.map(({ from, to, n, quantiles: [p5 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0] }) => ({
          from,
          to,
          n,
          p5,
          p25,
          p50,
          p75,
          p95,
        })),
      },
    ];
  });
  return { slices: seen, series, width };
};
