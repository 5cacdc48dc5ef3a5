import 'server-only';
/** Decisions of people and policies on the pairs of a run, and people's corrections of its verdicts. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { asProposed } from '@/lib/data/pairs/stale';
import type { Viewer } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import {
  actCountSchema,
  correctionCountSchema,
  type Decisions,
  decisionsSchema,
  standingSchema,
} from '@/lib/domain/outcomes/decision';
import { pairActions, pairTypes } from '@/lib/domain/pair';
import { checks } from '@/lib/domain/verdict';

/** What the rule put on the chosen side: a reflection is composed, and comes from no rollout. */
const proposedChosen = `CASE WHEN p.type <> 'reflection' THEN p.good_rollout_id END`;

/** How an approved pair differs from its proposal, by what it holds now. */
const change = `CASE
  WHEN p.edited THEN 'edited'
  WHEN ${asProposed} THEN 'unchanged'
  WHEN p.chosen_rollout_id IS NOT DISTINCT FROM p.bad_rollout_id
    AND p.rejected_rollout_id IS NOT DISTINCT FROM ${proposedChosen} THEN 'swapped'
  ELSE 'replaced' END`;

/**
 * `mine`: the run's pairs; `act`: every act on them, and whether it is in force. An undo takes the latest act that is
 * not undone back (`actsInForce` of lib/domain/pairs/life.ts): with every act one step up and every undo one down, an
 * act is in force while no later undo comes to below the step that it made.
 */
const actsInForce = `
  mine AS MATERIALIZED (
    SELECT p.id, p.iteration_id, p.type, CASE p.state WHEN 'proposed' THEN 'undecided' WHEN 'rejected' THEN 'rejected'
      ELSE ${change} END AS outcome
    FROM pair AS p WHERE p.run_id = ${visibleRun}
  ), stepped AS (
    SELECT decision.pair_id, decision.seq, decision.action,
           CASE WHEN decision.policy IS NULL THEN 'people' ELSE 'policy' END AS by,
           sum(CASE decision.action WHEN 'undo' THEN -1 ELSE 1 END)
             OVER (PARTITION BY decision.pair_id ORDER BY decision.seq) AS height
    FROM decision JOIN mine ON mine.id = decision.pair_id
  ), act AS MATERIALIZED (
    SELECT pair_id, seq, action, by, action <> 'undo' AND coalesce(height <= min(height) OVER (
             PARTITION BY pair_id ORDER BY seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS in_force
    FROM stepped
  )`;

const ordered = `turn.k, array_position('{${pairTypes.join(',')}}'::text[], mine.type)`;

const rowSchema = z.object({ standing: z.array(standingSchema), acts: z.array(actCountSchema) });

/** Both counts in one statement, so that they are of one moment and the acts are read once. */
const listPairDecisions = async (viewer: Viewer, runId: string): Promise<z.infer<typeof rowSchema>> => {
  const { rows } = await pool.query(
    `WITH ${actsInForce}, decided AS (
       SELECT DISTINCT ON (pair_id) pair_id, by FROM act WHERE in_force AND action IN ('approve', 'reject')
       ORDER BY pair_id, seq DESC
     ), standing AS (
       SELECT turn.id AS "iterationId", turn.k, mine.type, decided.by, mine.outcome, count(*)::int AS pairs
       FROM mine JOIN iteration AS turn ON turn.id = mine.iteration_id
       LEFT JOIN decided ON decided.pair_id = mine.id AND mine.outcome <> 'undecided'
       GROUP BY turn.id, turn.k, mine.type, decided.by, mine.outcome ORDER BY ${ordered}, 4, 5
     ), acts AS (
       SELECT turn.id AS "iterationId", turn.k, mine.type, act.by, act.action, count(*)::int AS acts,
              count(*) FILTER (WHERE act.action <> 'undo' AND NOT act.in_force)::int AS undone
       FROM act JOIN mine ON mine.id = act.pair_id JOIN iteration AS turn ON turn.id = mine.iteration_id
       GROUP BY turn.id, turn.k, mine.type, act.by, act.action
       ORDER BY ${ordered}, act.by, array_position('{${pairActions.join(',')}}'::text[], act.action)
     )
     SELECT (SELECT coalesce(jsonb_agg(standing), '[]') FROM standing) AS standing,
            (SELECT coalesce(jsonb_agg(acts), '[]') FROM acts) AS acts`,
    runValues(viewer, runId),
  );
  return rowSchema.parse(rows[0]);
};

const correctionRowSchema = z.object({
  corrections: z.array(correctionCountSchema),
  corrected: decisionsSchema.shape.corrected,
});

/** Begins at the decisions, which are few beside the rollouts. */
const listCorrections = async (viewer: Viewer, runId: string): Promise<z.infer<typeof correctionRowSchema>> => {
  const { rows } = await pool.query(
    `WITH said AS (
       SELECT decision.rollout_id, decision."check", count(*) FILTER (WHERE action = 'correct') AS corrections,
              count(*) FILTER (WHERE action = 'withdraw') AS withdrawals,
              (array_agg(action ORDER BY decision.seq DESC))[1] = 'correct' AS stands
       FROM decision
       WHERE decision.rollout_id IS NOT NULL AND action IN ('correct', 'withdraw') AND decision.policy IS NULL
         AND decision.project_id = (SELECT project_id FROM run WHERE id = ${visibleRun})
       GROUP BY 1, 2
     ), placed AS MATERIALIZED (
       SELECT said.*, turn.id AS "iterationId", turn.k
       FROM said JOIN rollout ON rollout.id = said.rollout_id AND rollout.run_id = ${visibleRun}
       JOIN iteration AS turn ON turn.id = rollout.iteration_id
     ), corrections AS (
       SELECT "iterationId", k, "check", count(*) FILTER (WHERE stands)::int AS standing,
              sum(corrections)::int AS corrections, sum(withdrawals)::int AS withdrawals
       FROM placed GROUP BY 1, 2, 3 ORDER BY k, array_position('{${checks.join(',')}}'::text[], "check")
     ), corrected AS (
       SELECT "iterationId", k, count(DISTINCT rollout_id)::int AS rollouts FROM placed WHERE stands
       GROUP BY 1, 2 ORDER BY k
     )
     SELECT (SELECT coalesce(jsonb_agg(corrections), '[]') FROM corrections) AS corrections,
            (SELECT coalesce(jsonb_agg(corrected), '[]') FROM corrected) AS corrected`,
    runValues(viewer, runId),
  );
  return correctionRowSchema.parse(rows[0]);
};

/** Nothing for a run that the viewer may not see. What counts: lib/domain/outcomes/decision.ts. */
export const countDecisions = async (viewer: Viewer, runId: string): Promise<Decisions> => {
  const [pairs, verdicts] = await Promise.all([listPairDecisions(viewer, runId), listCorrections(viewer, runId)]);
  return { ...pairs, ...verdicts };
};
