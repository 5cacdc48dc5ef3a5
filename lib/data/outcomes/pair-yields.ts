import 'server-only';
/** Pairs by iteration and type, and the groups that they were made of. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import { type PairYields, pairGroupsSchema, pairYieldSchema } from '@/lib/domain/outcomes/pair-yield';
import { pairTypes } from '@/lib/domain/pair';

const listYields = async (viewer: Viewer, runId: string) => {
  const { rows } = await countQuery(
    `WITH mine AS MATERIALIZED (
       SELECT id, iteration_id, type, state, edited FROM pair WHERE run_id = ${visibleRun}
     ), listed AS (
       SELECT DISTINCT item.pair_id FROM pair_set AS sets JOIN pair_set_item AS item ON item.pair_set_id = sets.id
       WHERE sets.run_id = ${visibleRun}
     )
     SELECT turn.id AS "iterationId", turn.k, mine.type, count(*)::int AS pairs,
            count(*) FILTER (WHERE mine.state = 'proposed')::int AS undecided,
            count(*) FILTER (WHERE mine.state = 'approved')::int AS approved,
            count(*) FILTER (WHERE mine.state = 'rejected')::int AS rejected,
            count(*) FILTER (WHERE mine.edited)::int AS edited, count(listed.pair_id)::int AS frozen
     FROM mine JOIN iteration AS turn ON turn.id = mine.iteration_id LEFT JOIN listed ON listed.pair_id = mine.id
     GROUP BY turn.id, turn.k, mine.type
     ORDER BY turn.k, array_position('{${pairTypes.join(',')}}'::text[], mine.type)`,
    runValues(viewer, runId),
  );
  return z.array(pairYieldSchema).parse(rows);
};

const listGroups = async (viewer: Viewer, runId: string) => {
  const { rows } = await countQuery(
    `SELECT turn.id AS "iterationId", turn.k, asked.groups FROM (
       SELECT iteration_id, count(*)::int AS groups FROM rollout_group
       WHERE run_id = ${visibleRun} AND stage <> 'eval' GROUP BY 1
     ) AS asked JOIN iteration AS turn ON turn.id = asked.iteration_id ORDER BY turn.k`,
    runValues(viewer, runId),
  );
  return z.array(pairGroupsSchema).parse(rows);
};

/** Nothing for a run that the viewer may not see. */
export const listPairYields = async (viewer: Viewer, runId: string): Promise<PairYields> => {
  const [yields, groups] = await Promise.all([listYields(viewer, runId), listGroups(viewer, runId)]);
  return { yields, groups };
};
