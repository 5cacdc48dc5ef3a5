-- What a retry asks for, and what may be there only once, so that no kill and no second worker can make it twice.

ALTER TABLE job
  -- Another job took its place, or an earlier stage is being done again: its rollouts stay, the loop looks past it.
  ADD COLUMN superseded_at timestamptz(3),
  -- Somebody retried its stage: the trainer is to take it on from its last checkpoint.
  ADD COLUMN resume_requested boolean NOT NULL DEFAULT false;

-- An iteration has one job of a kind that counts, and a run one iteration that moves.
CREATE UNIQUE INDEX job_current ON job (iteration_id, kind) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX iteration_one_moving ON iteration (run_id) WHERE state IN ('grpo', 'verify', 'curate', 'dpo', 'eval');
