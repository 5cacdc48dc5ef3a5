import 'server-only';
/** How long the chosen and the rejected sides of pairs are, as proposed and as they stand. No text is read. */
import type { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import { type LengthPairs, type PairCell, pairCellSchema } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import type { Slice } from '@/lib/domain/slices/slice';
import { lengthColumn, lengthScope, readSlices, sliceOf, stageDigit } from './scope';

const ways = { longer: '>', shorter: '<', tied: '=' } as const;

/** Three counts of one pair of columns as JSON. */
const waysOf = (chosen: string, rejected: string): string =>
  `jsonb_build_object(${Object.entries(ways)
    .map(([name, sign]) => `'${name}', count(*) FILTER (WHERE ${chosen} ${sign} ${rejected})`)
    .join(', ')})`;

const rowSchema = pairCellSchema.omit({ slice: true });
type Cell = z.infer<typeof rowSchema>;

/** The cells of one slice: asked one by one, so that several connections share the work. */
const readCells = async (viewer: Viewer, slice: Slice, { narrow, unit }: LengthSelection): Promise<Cell[]> => {
  const scope = lengthScope({ viewer, slices: [slice], narrow: { ...narrow, correct: [], consistency: [] } });
  const of = (table: string): string => lengthColumn[unit].replace('rollout.', `${table}.`);
  const { rows } = await countQuery(
    // Rollouts that a person put on a side are looked up only there: most pairs stand as proposed.
    `WITH ${scope.with}, told AS (
       SELECT pair.iteration_id, ${stageDigit} AS stage, pair.type, pair.state,
              CASE WHEN pair.type <> 'reflection' THEN ${of('good')} END AS first_chosen, ${of('rollout')} AS first_rejected,
              CASE pair.chosen_rollout_id WHEN good.id THEN ${of('good')} WHEN rollout.id THEN ${of('rollout')}
                ELSE ${of('other_chosen')} END AS chosen,
              CASE pair.rejected_rollout_id WHEN good.id THEN ${of('good')} WHEN rollout.id THEN ${of('rollout')}
                ELSE ${of('other_rejected')} END AS rejected,
              CASE
                WHEN pair.state = 'proposed' THEN 'undecided'
                WHEN pair.state = 'rejected' THEN 'rejected'
                WHEN NOT pair.edited AND pair.rejected_rollout_id = pair.bad_rollout_id
                  AND pair.chosen_rollout_id IS NOT DISTINCT FROM
                    CASE WHEN pair.type <> 'reflection' THEN pair.good_rollout_id END THEN 'kept'
                WHEN NOT pair.edited AND pair.chosen_rollout_id = pair.bad_rollout_id
                  AND pair.rejected_rollout_id IS NOT DISTINCT FROM
                    CASE WHEN pair.type <> 'reflection' THEN pair.good_rollout_id END THEN 'swapped'
                ELSE 'replaced'
              END AS fate,
              CASE WHEN pair.state = 'proposed' THEN 'nobody' WHEN decision.policy IS NULL THEN 'person' ELSE 'policy'
              END AS decider
       FROM pair
       JOIN rollout ON rollout.id = pair.bad_rollout_id
       LEFT JOIN rollout good ON good.id = pair.good_rollout_id
       LEFT JOIN rollout other_chosen ON other_chosen.id =
         CASE WHEN pair.chosen_rollout_id IS DISTINCT FROM good.id THEN nullif(pair.chosen_rollout_id, rollout.id) END
       LEFT JOIN rollout other_rejected ON other_rejected.id =
         CASE WHEN pair.rejected_rollout_id IS DISTINCT FROM good.id THEN nullif(pair.rejected_rollout_id, rollout.id) END
       LEFT JOIN decision ON decision.seq = CASE WHEN pair.state <> 'proposed' THEN pair.last_decision_seq END
       WHERE pair.iteration_id = ANY(ARRAY(SELECT iteration_id FROM wanted)) AND ${scope.where}
     )
     SELECT told.type, told.fate, told.decider, count(*)::int AS pairs,
            ${waysOf('told.first_chosen', 'told.first_rejected')} AS proposed,
            ${waysOf('told.chosen', 'told.rejected')} AS now
     FROM wanted JOIN told ON ${sliceOf('told')} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    scope.values,
  );
  return rows.map((row) => rowSchema.parse(row));
};

/**
 * Pairs whose rejected rollout, as proposed, lies in an asked slice and is of the asked kinds and sets; what narrows by
 * accuracy or consistency does not narrow pairs, whose sides differ in them. Foreign slices are dropped.
 *
 * The proposal is told by the columns that acts never change: chosen is the good rollout (of a reflection it is composed),
 * rejected the bad one. Who decided is whose act is the last in force.
 */
export const getLengthPairs = async (viewer: Viewer, selection: LengthSelection): Promise<LengthPairs> => {
  const { seen } = await readSlices(viewer, selection.slices);
  const cells = await Promise.all(
    seen.map(async ({ runId, k, stage }, slice): Promise<PairCell[]> => {
      // DPO must not see held-out questions: evaluations have no pairs.
      if (stage === 'eval') return [];
      return (await readCells(viewer, { runId, k, stage }, selection)).map((cell) => ({ slice, ...cell }));
    }),
  );
  return { slices: seen, cells: cells.flat() };
};
