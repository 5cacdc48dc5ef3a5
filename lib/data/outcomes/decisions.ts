import 'server-only';
/** Decisions of people and policies on the pairs of a run, and people's corrections of its verdicts. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
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
 * `mine`: the run's pairs; `said`: every act on them; `taken`: the acts that are not in force. An undo takes the latest
 * act that is not undone back (`actsInForce` of lib/domain/pairs/life.ts): with every act one step up and every undo one
 * down, an act is in force while no later undo comes to below the step that it made. Only pairs with an undo are walked.
 */
const actsOfRun = `
  mine AS MATERIALIZED (
    SELECT p.id, p.iteration_id, p.type, CASE p.state WHEN 'proposed' THEN 'undecided' WHEN 'rejected' THEN 'rejected'
      ELSE ${change} END AS outcome
    FROM pair AS p WHERE p.run_id = ${visibleRun}
  ), said AS MATERIALIZED (
    SELECT decision.pair_id, decision.seq, decision.action, (decision.policy IS NOT NULL)::int AS policy
    FROM mine JOIN decision ON decision.pair_id = mine.id
  ), stepped AS (
    SELECT pair_id, seq, action,
           sum(CASE action WHEN 'undo' THEN -1 ELSE 1 END) OVER (PARTITION BY pair_id ORDER BY seq) AS height
    FROM said WHERE pair_id IN (SELECT pair_id FROM said WHERE action = 'undo')
  ), lowest AS (
    SELECT seq, action, height, min(height) OVER (
      PARTITION BY pair_id ORDER BY seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later
    FROM stepped
  ), taken AS MATERIALIZED (
    SELECT seq FROM lowest WHERE action <> 'undo' AND later < height
  )`;

const ordered = `turn.k, array_position('{${pairTypes.join(',')}}'::text[], mine.type)`;

const rowSchema = z.object({ standing: z.array(standingSchema), acts: z.array(actCountSchema) });

/** Both counts in one statement, so that they are of one moment and the acts are read once. */
const listPairDecisions = async (viewer: Viewer, runId: string): Promise<z.infer<typeof rowSchema>> => {
  const { rows } = await countQuery(
    `WITH ${actsOfRun}, decided AS (
       -- The last decision in force, and with it in one number whose it is.
       SELECT pair_id, CASE max(seq * 2 + policy) % 2 WHEN 1 THEN 'policy' ELSE 'people' END AS by
       FROM said WHERE action IN ('approve', 'reject') AND seq NOT IN (SELECT seq FROM taken) GROUP BY 1
     ), standing_row AS (
       SELECT turn.id AS "iterationId", turn.k, mine.type, decided.by, mine.outcome, count(*)::int AS pairs
       FROM mine JOIN iteration AS turn ON turn.id = mine.iteration_id
       LEFT JOIN decided ON decided.pair_id = mine.id AND mine.outcome <> 'undecided'
       GROUP BY turn.id, turn.k, mine.type, decided.by, mine.outcome ORDER BY ${ordered}, 4, 5
     ), act_row AS (
       SELECT turn.id AS "iterationId", turn.k, mine.type,
              CASE said.policy WHEN 1 THEN 'policy' ELSE 'people' END AS by, said.action, count(*)::int AS acts,
              count(taken.seq)::int AS undone
       FROM said JOIN mine ON mine.id = said.pair_id JOIN iteration AS turn ON turn.id = mine.iteration_id
       LEFT JOIN taken ON taken.seq = said.seq
       GROUP BY turn.id, turn.k, mine.type, said.policy, said.action
       ORDER BY ${ordered}, said.policy, array_position('{${pairActions.join(',')}}'::text[], said.action)
     )
     SELECT (SELECT coalesce(jsonb_agg(standing_row), '[]') FROM standing_row) AS standing,
            (SELECT coalesce(jsonb_agg(act_row), '[]') FROM act_row) AS acts`,
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
  const { rows } = await countQuery(
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
     ), correction_row AS (
       SELECT "iterationId", k, "check", count(*) FILTER (WHERE stands)::int AS standing,
              sum(corrections)::int AS corrections, sum(withdrawals)::int AS withdrawals
       FROM placed GROUP BY 1, 2, 3 ORDER BY k, array_position('{${checks.join(',')}}'::text[], "check")
     ), corrected_row AS (
       SELECT "iterationId", k, count(DISTINCT rollout_id)::int AS rollouts FROM placed WHERE stands
       GROUP BY 1, 2 ORDER BY k
     )
     SELECT (SELECT coalesce(jsonb_agg(correction_row), '[]') FROM correction_row) AS corrections,
            (SELECT coalesce(jsonb_agg(corrected_row), '[]') FROM corrected_row) AS corrected`,
    runValues(viewer, runId),
  );
  return correctionRowSchema.parse(rows[0]);
};

/** Nothing for a run that the viewer may not see. What counts: lib/domain/outcomes/decision.ts. */
export const countDecisions = async (viewer: Viewer, runId: string): Promise<Decisions> => {
  const [pairs, verdicts] = await Promise.all([listPairDecisions(viewer, runId), listCorrections(viewer, runId)]);
  return { ...pairs, ...verdicts };
};
