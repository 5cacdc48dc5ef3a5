import 'server-only';
/**
 * Stale pairs, in SQL: those whose rule no longer holds of the rollouts that it spoke of. The same as
 * lib/domain/pairs/holds.ts, which the tests hold it to. Never stored: verdicts that move back make a pair fresh again.
 *
 * A pair that a person made anew (swapped, replaced, edited) stands on that person's word and is never stale.
 */
import { defaultPairSettings } from '@/lib/domain/pairs/settings';

/** What the expressions below read beside `pair p`. */
export const staleJoins = `
  LEFT JOIN rollout good ON good.id = p.good_rollout_id
  LEFT JOIN rollout bad ON bad.id = p.bad_rollout_id`;

const isGood = (side: 'good' | 'bad'): string => `
  (${side}.correct AND ${side}.well_formed AND ${side}.consistency = 'consistent' AND NOT ${side}.repetitive
   AND ${side}.length_class <> 'cut_off')`;

const term = (name: 'minLengthRatio' | 'maxReflectionTokens'): string =>
  `coalesce((p.terms ->> '${name}')::float8, ${defaultPairSettings[name]})`;

const holds = `
  CASE WHEN p.type = 'reflection' AND p.good_rollout_id IS NULL THEN true ELSE ${isGood('good')} END
  AND CASE p.type
    WHEN 'accuracy' THEN NOT bad.correct
    WHEN 'consistency' THEN bad.correct AND bad.consistency = 'inconsistent'
    WHEN 'penalty' THEN bad.repetitive OR NOT bad.well_formed OR bad.length_class = 'cut_off'
    WHEN 'length' THEN ${isGood('bad')} AND good.length_class <> 'too_long' AND good.think_tokens > bad.think_tokens
      AND good.think_tokens >= bad.think_tokens * ${term('minLengthRatio')}
    WHEN 'reflection' THEN NOT bad.correct AND bad.well_formed AND bad.consistency <> 'inconsistent'
      AND NOT bad.repetitive AND bad.length_class <> 'cut_off'
      AND coalesce(good.think_tokens + bad.think_tokens <= ${term('maxReflectionTokens')}, p.good_rollout_id IS NULL)
  END`;

/** True for a pair as its rule proposed it; never null. lib/domain/pairs/life.ts says what acts change. */
export const asProposed = `(
  NOT p.edited AND p.rejected_rollout_id IS NOT DISTINCT FROM p.bad_rollout_id
  AND p.chosen_rollout_id IS NOT DISTINCT FROM CASE WHEN p.type <> 'reflection' THEN p.good_rollout_id END)`;

/** True for a stale pair; never null. */
export const isStale = `(${asProposed} AND NOT coalesce(${holds}, false))`;
