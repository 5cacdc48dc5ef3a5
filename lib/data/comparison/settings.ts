import 'server-only';
/** What stands behind slices: run, plan, weights, trainer and pairs. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { sliceValues, wantedSlices } from '@/lib/data/slices/slice-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import type { SettingRow } from '@/lib/domain/comparison/schema';
import { type Making, settingRows } from '@/lib/domain/comparison/setting-rows';
import { planSchema } from '@/lib/domain/loop/plan';
import { facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Slice } from '@/lib/domain/slices/slice';

const rowSchema = z.object({
  baseCheckpoint: z.string().nullable(),
  verifier: z.string(),
  sampler: z.unknown(),
  recipe: z.unknown(),
  questionSets: z.array(z.string()),
  startStage: z.string().nullable(),
  startStep: z.int().nullable(),
  startK: z.int().nullable(),
  trainer: z.string().nullable(),
  device: z.string().nullable(),
  pairSetNumber: z.int().nullable(),
  pairs: z.int().nullable(),
  plan: planSchema.nullable(),
});
type Row = z.infer<typeof rowSchema>;

/** The stage is the first digit of a facet code: the rollouts of one lie side by side in the index `rollout_facets`. */
const stageWeight = facetDigits.stage.weight;

/** The device is that of the last job that counts of the slice's own stage; else of the iteration's last one. */
const MAKINGS = `WITH ${wantedSlices}
  SELECT run.base_checkpoint AS "baseCheckpoint", 'version ' || version.number || ', ' || version.name AS verifier,
         run.sampler, run.recipe, turn.plan, started.stage AS "startStage", started.step AS "startStep",
         of_start.k AS "startK", trainer.name AS trainer, used.device, pair_set.number AS "pairSetNumber",
         pair_set.pair_count AS pairs,
         ARRAY(SELECT question_set.name FROM question_set WHERE question_set.project_id = wanted.project_id AND EXISTS (
           SELECT FROM rollout WHERE rollout.project_id = wanted.project_id AND rollout.run_id = wanted.run_id
             AND rollout.iteration_id = wanted.iteration_id AND rollout.question_set_id = question_set.id
             AND rollout.facet_code >= wanted.stage * ${stageWeight} AND rollout.facet_code < (wanted.stage + 1) * ${stageWeight}
         ) ORDER BY question_set.name LIMIT 50) AS "questionSets"
  FROM wanted JOIN run ON run.id = wanted.run_id JOIN iteration AS turn ON turn.id = wanted.iteration_id
  JOIN verifier_version AS version ON version.id = run.verifier_version_id
  LEFT JOIN checkpoint AS started ON started.id = turn.start_checkpoint_id
  LEFT JOIN iteration AS of_start ON of_start.id = started.iteration_id
  LEFT JOIN trainer ON trainer.id = turn.trainer_id
  LEFT JOIN LATERAL (
    SELECT pair_set.number, pair_set.pair_count FROM pair_set
    WHERE pair_set.id = turn.pair_set_id OR pair_set.iteration_id = turn.id
    ORDER BY (pair_set.id = turn.pair_set_id) DESC NULLS LAST, pair_set.number DESC LIMIT 1
  ) AS pair_set ON TRUE
  LEFT JOIN LATERAL (
    SELECT job.device FROM job WHERE job.iteration_id = turn.id AND job.superseded_at IS NULL AND job.device IS NOT NULL
    ORDER BY (job.stage = ($6::text[])[1 + wanted.side]) DESC, job.created_at DESC LIMIT 1
  ) AS used ON TRUE
  ORDER BY wanted.side`;

const stageWords: Readonly<Record<string, string>> = { dpo: 'DPO', grpo: 'GRPO', activation: 'activation' };

const startText = ({ startStage, startStep, startK, plan }: Row): string | null => {
  if (startStage === 'base') return 'the base checkpoint';
  if (startStage === null) return plan === null ? null : 'the base checkpoint';
  const of = startK === null ? '' : ` of iteration ${startK}`;
  return `${stageWords[startStage] ?? startStage}${of}, step ${startStep ?? 0}`;
};

const makingOf = (row: Row): Making => ({
  ...row,
  startWeights: startText(row),
  pairSet: row.pairSetNumber === null ? null : { number: row.pairSetNumber, pairs: row.pairs ?? 0 },
});

const plannedSets = ({ plan }: Row): string[] =>
  [plan?.explore, plan?.sample, plan?.evaluate].flatMap((part) => part?.questionSets ?? []);

/** The settings of each slice in the order asked; nothing of slices that are not the viewer's. */
export const readSettings = async (viewer: Viewer, slices: readonly Slice[]): Promise<SettingRow[]> => {
  const asked = slices.map(({ stage }) => stage);
  const { rows: raw } = await pool.query(MAKINGS, [...sliceValues(viewer, slices), asked]);
  const rows = raw.map((row) => rowSchema.parse(row));
  const sets = await db.questionSet.findMany({
    where: { id: { in: [...new Set(rows.flatMap(plannedSets))] }, ...visibleTo(viewer) },
    select: { id: true, name: true },
  });
  return settingRows(rows.map(makingOf), new Map(sets.map(({ id, name }) => [id, name])));
};
