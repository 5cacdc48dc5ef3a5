import 'server-only';
/**
 * How the loop moves an iteration. Every write states the state it expects: of two drivers, or of a driver and a person
 * who cancels, one wins and the other learns that it did not. The news goes out with the write or not at all.
 */
import { pool } from '@/lib/data/db';
import { EVENTS_CHANNEL } from '@/lib/data/events';
import { storableLine } from '@/lib/data/jobs/storable';
import type { MovingState } from '@/lib/domain/loop/stages';
import type { IterationState } from '@/lib/domain/run';

/** It is a sentence, even where a trainer says it. */
const MAX_SENTENCE = 2_000;

/** Sets columns of the iteration `$1` where it is in state `$2`; says whether it was. */
const change = async (
  set: string,
  id: string,
  expected: MovingState,
  values: readonly unknown[] = [],
): Promise<boolean> => {
  const { rows } = await pool.query(
    `WITH moved AS (UPDATE iteration SET ${set} WHERE id = $1 AND state = $2 RETURNING id, project_id)
     SELECT pg_notify('${EVENTS_CHANNEL}',
       json_build_object('projectId', project_id, 'topic', 'iteration', 'id', id)::text) FROM moved`,
    [id, expected, ...values],
  );
  return rows.length > 0;
};

/** Goes on to the next state, unless somebody asked for the end. */
export const enterState = (id: string, expected: MovingState, next: IterationState): Promise<boolean> =>
  change(
    `state = CASE WHEN cancel_requested THEN state ELSE $3 END, waiting_for = NULL,
     finished_at = CASE WHEN $3 = 'done' AND NOT cancel_requested THEN now() END`,
    id,
    expected,
    [next],
  );

/** Ends it with the reason, for people; it may be a trainer's. */
export const failIteration = (id: string, expected: MovingState, reason: string): Promise<boolean> =>
  change(
    `state = 'failed', failed_stage = state, failed_reason = $3, waiting_for = NULL, finished_at = now()`,
    id,
    expected,
    [storableLine(reason, MAX_SENTENCE)],
  );

/** Ends it because somebody asked for that; where it came to stays known, for a retry. */
export const endCancelled = (id: string, expected: MovingState): Promise<boolean> =>
  change(`state = 'cancelled', failed_stage = state, waiting_for = NULL, finished_at = now()`, id, expected);

/** Every pair is proposed: the gate counts from here on. */
export const markProposed = (id: string): Promise<boolean> => change('proposed_at = now()', id, 'curate');

/** Says why nothing moves; null when it moves again; it may be a trainer's. No news when nothing changes. */
export const sayWaiting = async (id: string, expected: MovingState, sentence: string | null): Promise<void> => {
  await pool.query(
    `WITH moved AS (
       UPDATE iteration SET waiting_for = $3
       WHERE id = $1 AND state = $2 AND waiting_for IS DISTINCT FROM $3 RETURNING id, project_id
     ) SELECT pg_notify('${EVENTS_CHANNEL}',
         json_build_object('projectId', project_id, 'topic', 'iteration', 'id', id)::text) FROM moved`,
    [id, expected, sentence === null ? null : storableLine(sentence, MAX_SENTENCE)],
  );
};
