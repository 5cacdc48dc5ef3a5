import 'server-only';
/** Rollouts step by step, as SQL: counted in the index `rollout_run_seq`, which holds all that is added up. */
import { facetIs } from '@/lib/data/rollouts/facet-sql';
import type { CurveChoice } from '@/lib/domain/curves/choice';
import { curveStageSchema, MOST_LINE_POINTS, MOST_POINTS, MOST_SETS } from '@/lib/domain/curves/curve';
import { facetDigits } from '@/lib/domain/rollouts/facet-code';

const stages = curveStageSchema.options;

const { stage } = facetDigits;

const counted = (length: CurveChoice['length'], bySet: boolean): string => `
  rollout.run_id, rollout.iteration_id, rollout.step, rollout.facet_code / ${stage.weight} % ${stage.values.length} AS stage,
  ${bySet ? 'rollout.question_set_id' : 'NULL::uuid'} AS set_id, rollout.accuracy::float8 AS accuracy,
  ${length === 'think' ? 'rollout.think_tokens' : 'rollout.total_tokens'}::float8 AS tokens,
  ${length === 'think' ? "rollout.token_source = 'estimate'" : 'false'} AS is_estimate`;

// Mean and variance of one column are one sum to PostgreSQL, which takes less time than a sum and one of squares.
const sums = `count(*)::int AS rollouts, count(accuracy)::int AS judged, avg(accuracy) AS accuracy,
  var_pop(accuracy) AS accuracy_variance, count(tokens)::int AS measured, avg(tokens) AS tokens,
  var_pop(tokens) AS token_variance, (count(*) FILTER (WHERE is_estimate AND tokens IS NOT NULL))::int AS estimated`;

const added = (n: string, mean: string, variance: string): string => `jsonb_build_object(
  'n', sum(${n}), 'sum', coalesce(sum(${n} * ${mean}), 0),
  'squares', coalesce(sum(${n} * (${variance} + ${mean} * ${mean})), 0))`;

/** Points in the stages in which the policy moves; `$4` narrows to one set, null takes all. */
const ofSteps = `${facetIs('rollout', 'stage', stages)} AND ($4::uuid IS NULL OR rollout.question_set_id = $4)`;

/**
 * One row per point. `$1` iterations, `$2` their runs (all seen by the viewer), `$3` those of the iterations in which
 * jobs beside GRPO sampled, `$4` a set or null. Neighbouring steps are joined by a round number of them
 * when there are more points than a browser is given: by rank, so that holes between steps change nothing and old
 * points stay as they are. Nothing is joined to the rollouts before they are added up, so that all cores do it.
 */
export const curveQuery = (length: CurveChoice['length'], bySet: boolean): string => `
  WITH stepped AS MATERIALIZED (
    SELECT run_id, iteration_id, stage, set_id, step, ${sums} FROM (
      SELECT ${counted(length, bySet)} FROM rollout
      WHERE rollout.run_id = ANY($2::uuid[]) AND rollout.iteration_id = ANY($1::uuid[]) AND ${ofSteps}
        AND (rollout.step > 0 OR rollout.iteration_id <> ALL($3::uuid[]))
      UNION ALL
      SELECT ${counted(length, bySet)} FROM rollout_group AS sampled JOIN rollout ON rollout.group_id = sampled.id
      WHERE sampled.run_id = ANY($2::uuid[]) AND sampled.iteration_id = ANY($3::uuid[]) AND sampled.step = 0 AND ${ofSteps}
        AND rollout.source IN (SELECT 'job ' || job.id FROM job WHERE job.iteration_id = ANY($3::uuid[]) AND job.kind = 'grpo')
    ) AS one GROUP BY 1, 2, 3, 4, 5
  ), kept AS (
    SELECT stepped.*, dense_rank() OVER (PARTITION BY iteration_id, stage ORDER BY step) - 1 AS place FROM stepped
    WHERE set_id IS NULL OR set_id IN (
      SELECT set_id FROM stepped GROUP BY 1 ORDER BY sum(rollouts) DESC, set_id LIMIT ${MOST_SETS})
  ), sized AS (
    SELECT min(size) AS size FROM unnest('{1,2,5,10,20,50,100,200,500,1000,2000,5000,10000,100000,1000000,1000000000}'::int[]) AS round(size)
    WHERE (SELECT max(place) FROM kept) / size < ${MOST_LINE_POINTS}
      AND (SELECT sum(ceil(steps / size::float8)) FROM (
        SELECT max(place) + 1 AS steps FROM kept GROUP BY iteration_id, stage, set_id) AS line) <= ${MOST_POINTS}
  )
  SELECT kept.run_id AS "runId", turn.k, ('{${stage.values.join(',')}}'::text[])[1 + stage] AS stage, set_id AS "setId", coalesce(size, 1000000000) AS size,
    min(step) AS "from", max(step) AS "to", count(DISTINCT step)::int AS steps, sum(rollouts)::int AS rollouts,
    ${added('judged', 'accuracy', 'accuracy_variance')} AS accuracy,
    ${added('measured', 'tokens', 'token_variance')} AS tokens,
    sum(estimated)::int AS estimated
  FROM kept CROSS JOIN sized JOIN iteration AS turn ON turn.id = kept.iteration_id
  GROUP BY turn.k, kept.run_id, stage, set_id, size, place / coalesce(size, 1000000000) ORDER BY turn.k, stage, set_id, "from"`;

const stagePlaces = stages.map((one) => stage.values.indexOf(one));

/**
 * Question sets of the rollouts with steps in the iterations `$1` of the runs `$2`, by name, and how many rollouts of
 * the iterations `$3` came from jobs without steps. Looked up in the index `rollout_facets`, set by set.
 */
export const sampledQuery = `
  SELECT coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', question_set.id, 'name', question_set.name) ORDER BY question_set.name, question_set.id)
    FROM question_set WHERE question_set.project_id IN (SELECT run.project_id FROM run WHERE run.id = ANY($2::uuid[]))
      AND EXISTS (
        SELECT FROM rollout WHERE rollout.project_id = question_set.project_id AND rollout.run_id = ANY($2::uuid[])
          AND rollout.iteration_id = ANY($1::uuid[]) AND rollout.question_set_id = question_set.id
          AND rollout.facet_code >= ${Math.min(...stagePlaces) * stage.weight}
          AND rollout.facet_code < ${(Math.max(...stagePlaces) + 1) * stage.weight} AND ${facetIs('rollout', 'stage', stages)})
  ), '[]') AS sets,
  coalesce((
    SELECT sum(job.rollouts)::int FROM job WHERE job.iteration_id = ANY($3::uuid[]) AND job.kind = 'rollout'
  ), 0) AS "withoutStep"`;
