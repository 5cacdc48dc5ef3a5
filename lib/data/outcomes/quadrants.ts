import 'server-only';
/** Accuracy × consistency per slice, counted in the index `rollout_run_seq`, by the facets that the links carry. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import { countCells, facetValue, inCell } from '@/lib/data/rollouts/facet-sql';
import type { Viewer } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import {
  type QuadrantPart,
  quadrantFacets,
  quadrantParts,
  type SliceQuadrant,
  sliceQuadrantSchema,
} from '@/lib/domain/outcomes/quadrant';
import { stages } from '@/lib/domain/rollout';
import type { CodedFacet } from '@/lib/domain/rollouts/facet-code';

/** Facets that one number holds; a part is told by no others. */
const isCoded = (name: string): name is CodedFacet =>
  ['correct', 'consistency', 'wellFormed'].some((coded) => coded === name);

const countPart = (part: QuadrantPart): string => {
  const conditions = Object.entries(quadrantFacets[part]).flatMap(([name, values]) =>
    isCoded(name) ? [inCell(name, ...values)] : [],
  );
  return `'${part}', ${countCells(...conditions)}`;
};

/** In the order of the loop; none for a run that the viewer may not see. */
export const listQuadrants = async (viewer: Viewer, runId: string): Promise<SliceQuadrant[]> => {
  const { rows } = await countQuery(
    `WITH cell AS MATERIALIZED (
       SELECT iteration_id, facet_code, count(*) AS n, sum(total_tokens) AS tokens, count(total_tokens) AS counted
       FROM rollout WHERE run_id = ${visibleRun} GROUP BY 1, 2
     ), tally AS (
       SELECT iteration_id, ${facetValue('cell', 'stage')} AS stage, sum(n)::int AS rollouts,
              coalesce(sum(tokens), 0)::float8 AS tokens, sum(counted)::int AS counted,
              jsonb_build_object(${quadrantParts.map(countPart).join(', ')}) AS parts
       FROM cell GROUP BY 1, 2
     )
     SELECT turn.id AS "iterationId", turn.k, tally.stage, tally.rollouts, tally.tokens, tally.counted, tally.parts
     FROM tally JOIN iteration AS turn ON turn.id = tally.iteration_id
     ORDER BY turn.k, array_position('{${stages.join(',')}}'::text[], tally.stage)`,
    runValues(viewer, runId),
  );
  return z.array(sliceQuadrantSchema).parse(rows);
};
