import 'server-only';
import type { Viewer } from '@/lib/data/viewer';
/** Slices as SQL: which slices a chart or a comparison counts, and that the viewer may see them. */
import { facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Slice } from '@/lib/domain/slices/slice';

const stages = facetDigits.stage;

/**
 * A `WITH` part: `wanted` has a row (`side`, `project_id`, `run_id`, `iteration_id`, `stage`) for each asked slice that
 * the viewer may see; `side` counts from 0 in the order asked. `$1`–`$5` are `sliceValues`.
 */
export const wantedSlices = `wanted AS MATERIALIZED (
  SELECT (asked.side - 1)::int AS side, run.project_id, run.id AS run_id, iteration.id AS iteration_id, asked.stage
  FROM unnest($3::uuid[], $4::int[], $5::int[]) WITH ORDINALITY AS asked(run_id, k, stage, side)
  JOIN run ON run.id = asked.run_id
  JOIN member ON member.project_id = run.project_id AND member.user_id = $1
    AND ($2::uuid IS NULL OR run.project_id = $2)
  JOIN iteration ON iteration.run_id = run.id AND iteration.k = asked.k
)`;

export const sliceValues = (viewer: Viewer, slices: readonly Slice[]): unknown[] => [
  viewer.userId,
  viewer.projectId ?? null,
  slices.map(({ runId }) => runId),
  slices.map(({ k }) => k),
  slices.map(({ stage }) => stages.values.indexOf(stage)),
];
