-- Set anew when the run moves to another verifier version; cleared by the pass over the rollouts that began after it.
-- While it is set, rollouts of the iteration may still stand as an earlier version decided.
ALTER TABLE iteration ADD COLUMN owed_standing uuid;

-- What the rule of a pair spoke of, which no act changes: a pair is stale when it no longer holds of them.
-- No foreign keys: `chosen_rollout_id` and `rejected_rollout_id` have them, and rollouts of one group go together.
ALTER TABLE pair
  ADD COLUMN good_rollout_id uuid,
  ADD COLUMN bad_rollout_id uuid,
  -- lib/domain/pairs/holds.ts `ruleTermsSchema`
  ADD COLUMN terms jsonb NOT NULL DEFAULT '{}';
-- A reflection of before does not say whose thinking ends it: only its rejected side is known.
UPDATE pair SET good_rollout_id = (text.proposal -> 'chosen' ->> 'rolloutId')::uuid,
                bad_rollout_id = (text.proposal -> 'rejected' ->> 'rolloutId')::uuid
FROM pair_text text WHERE text.pair_id = pair.id;
