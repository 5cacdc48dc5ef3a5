import 'server-only';
/** Which slices runs have, with what their plans and checkpoints tell of them. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import { facetValue } from '@/lib/data/rollouts/facet-sql';
import type { Viewer } from '@/lib/data/viewer';
import { kindSchema, kinds } from '@/lib/domain/question';
import { stages } from '@/lib/domain/rollout';
import { type SliceSummary, sliceSchema, sliceSummarySchema } from '@/lib/domain/slices/slice';

const rowSchema = z.object({
  ...sliceSchema.shape,
  runName: z.string(),
  iterationId: z.uuid(),
  setId: z.uuid(),
  setName: z.string(),
  kind: kindSchema,
  rollouts: z.int(),
  seed: z.int().nullable(),
  /** Where the iteration's weights came from, and whether it aligns them before it evaluates. */
  startStage: z.string().nullable(),
  aligns: z.boolean(),
  planned: z.boolean(),
});
type Row = z.infer<typeof rowSchema>;

/** An evaluation asks the weights that the iteration ends with; everything before its DPO those that it began with. */
const isAfterDpo = ({ stage, planned, aligns, startStage }: Row): boolean | null => {
  if (!planned) return null;
  return (stage === 'eval' && aligns) || startStage === 'dpo';
};

const gather = (rows: readonly Row[]): SliceSummary => {
  const [first] = rows;
  const sets = Map.groupBy(rows, ({ setId }) => setId);
  return sliceSummarySchema.parse({
    ...first,
    rollouts: rows.reduce((sum, row) => sum + row.rollouts, 0),
    sets: [...sets].map(([id, ofSet]) => ({
      id,
      name: ofSet[0]?.setName,
      rollouts: ofSet.reduce((sum, row) => sum + row.rollouts, 0),
    })),
    kinds: kinds.filter((kind) => rows.some((row) => row.kind === kind)),
    afterDpo: first ? isAfterDpo(first) : null,
  });
};

/** Of the runs that the viewer may see, in the order of the ids, each once; by iteration, then as the loop goes. */
export const listSlices = async (viewer: Viewer, runIds: readonly string[]): Promise<SliceSummary[]> => {
  const { rows } = await countQuery(
    `WITH mine AS MATERIALIZED (
       SELECT run.id, run.name, asked.place FROM unnest($3::uuid[]) WITH ORDINALITY AS asked(id, place)
       JOIN run ON run.id = asked.id
       JOIN member ON member.project_id = run.project_id AND member.user_id = $1
         AND ($2::uuid IS NULL OR run.project_id = $2)
     ), cell AS MATERIALIZED (
       SELECT run_id, iteration_id, question_set_id, facet_code, count(*)::int AS n
       FROM rollout WHERE run_id IN (SELECT id FROM mine) GROUP BY 1, 2, 3, 4
     ), counted AS (
       SELECT run_id, iteration_id, question_set_id, ${facetValue('cell', 'stage')} AS stage,
              ${facetValue('cell', 'kind')} AS kind, sum(n)::int AS rollouts
       FROM cell GROUP BY 1, 2, 3, 4, 5
     )
     SELECT mine.id AS "runId", mine.name AS "runName", turn.k, turn.id AS "iterationId", counted.stage, counted.kind,
            counted.rollouts, question_set.id AS "setId", question_set.name AS "setName",
            (turn.plan ->> 'seed')::int AS seed, turn.plan IS NOT NULL AS planned,
            coalesce(jsonb_typeof(turn.plan -> 'align') = 'object', false) AS aligns, started.stage AS "startStage"
     FROM counted JOIN mine ON mine.id = counted.run_id JOIN iteration AS turn ON turn.id = counted.iteration_id
     JOIN question_set ON question_set.id = counted.question_set_id
     LEFT JOIN checkpoint AS started ON started.id = turn.start_checkpoint_id
     ORDER BY mine.place, turn.k, array_position('{${stages.join(',')}}'::text[], counted.stage), question_set.name`,
    [viewer.userId, viewer.projectId ?? null, [...new Set(runIds.map((id) => id.toLowerCase()))]],
  );
  const parsed = rows.map((row) => rowSchema.parse(row));
  return [...Map.groupBy(parsed, (row) => `${row.iterationId} ${row.stage}`).values()].map(gather);
};
