import 'server-only';
/** What the counts beside the filters follow from: one grouping query over an index, never a text or a row. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { readFacetCode } from '@/lib/domain/rollouts/facet-code';
import { packFacetCube } from '@/lib/domain/rollouts/facets';
import { type RolloutFilter, withoutFacets } from '@/lib/domain/rollouts/filter';
import type { RolloutFacets } from '@/lib/domain/rollouts/row';
import { Parameters, queryRollouts, rolloutWhere } from './query';

const cellSchema = z.object({
  iteration: z.int(),
  set: z.uuid(),
  code: z.int(),
  count: z.int(),
});

/**
 * The facet cube of the rollouts that pass everything but the facets of `filter`.
 *
 * @throws AppError `busy` when a text search is too broad.
 */
export const getRolloutFacets = async (viewer: Viewer, filter: RolloutFilter): Promise<RolloutFacets> => {
  const scope = withoutFacets(filter);
  const parameters = new Parameters();
  // Grouped by the index's own order, run first, so that nothing is hashed or sorted.
  const text = `SELECT iteration.k AS iteration, cell.set, cell.code, cell.count FROM (
      SELECT rollout.iteration_id, rollout.question_set_id AS set, rollout.facet_code AS code, count(*)::int AS count
      FROM rollout WHERE ${rolloutWhere(viewer, scope, parameters)}
      GROUP BY rollout.run_id, rollout.iteration_id, rollout.question_set_id, rollout.facet_code
    ) cell JOIN iteration ON iteration.id = cell.iteration_id`;
  const [rows, sets] = await Promise.all([queryRollouts(text, parameters, scope), listSetNames(viewer)]);
  const cells = z
    .array(cellSchema)
    .parse(rows)
    .map(({ iteration, set, code, count }) => ({
      values: { iteration: String(iteration), set, ...readFacetCode(code) },
      count,
    }));
  return { cube: packFacetCube(cells), setNames: sets };
};

const listSetNames = async (viewer: Viewer): Promise<Record<string, string>> => {
  const sets = await db.questionSet.findMany({
    where: visibleTo(viewer),
    select: { id: true, name: true },
    take: 1_000,
  });
  return Object.fromEntries(sets.map(({ id, name }) => [id, name]));
};
