-- A judge's budget is a ledger: what a request may cost at worst is taken before it goes out, and what it did not cost
-- is given back. So no number of requests at once, of any process, passes the budget, and a kill forgets nothing.
ALTER TABLE judge
  ADD COLUMN spent_tokens bigint NOT NULL DEFAULT 0,
  ADD COLUMN spent_usd double precision NOT NULL DEFAULT 0;

-- `sent`: under way, its tokens and price those of the worst case; or its process was killed meanwhile.
ALTER TABLE judge_call DROP CONSTRAINT judge_call_state_check;
ALTER TABLE judge_call
  ADD CONSTRAINT judge_call_state_check CHECK (state IN ('sent', 'answered', 'malformed', 'failed'));
-- Null unless it failed. lib/domain/judge/failure.ts `failureKinds`
ALTER TABLE judge_call ADD COLUMN failure text;

-- Who else asks the same at this moment.
CREATE INDEX judge_call_sent ON judge_call (judge_id, content_sha256) WHERE state = 'sent';
