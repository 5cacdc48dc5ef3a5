-- The loop: trainers with tokens, iterations that the worker moves, jobs with their metrics and logs, checkpoints with
-- their lineage, and the questions that a curriculum leaves out.

ALTER TABLE trainer
  -- Sealed with the studio's secret (lib/data/trainers/seal.ts); null while `npm start` is still preparing it.
  ADD COLUMN token bytea,
  -- Where this trainer reaches the studio's reward API; null: the studio's own base URL.
  ADD COLUMN reward_url text,
  -- `absent`: this machine cannot have one. `refused`: it answers, and does not take our token or our protocol.
  ADD COLUMN state text NOT NULL DEFAULT 'offline' CHECK (state IN ('preparing', 'absent', 'online', 'offline', 'refused')),
  -- Why it is not online, for people.
  ADD COLUMN sentence text,
  ADD COLUMN checked_at timestamptz(3),
  -- The one that `npm start` prepares and starts.
  ADD COLUMN local boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX trainer_local ON trainer (project_id) WHERE local;

ALTER TABLE iteration
  -- lib/domain/loop/plan.ts; null for iterations whose rollouts were imported.
  ADD COLUMN plan jsonb,
  ADD COLUMN trainer_id uuid REFERENCES trainer (id) ON DELETE SET NULL,
  -- The weights it starts from, and the frozen set that its DPO trains on.
  ADD COLUMN start_checkpoint_id uuid REFERENCES checkpoint (id),
  ADD COLUMN pair_set_id uuid REFERENCES pair_set (id),
  -- The loop acts in this person's name.
  ADD COLUMN created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false,
  -- Set when every pair of the curate stage is proposed.
  ADD COLUMN proposed_at timestamptz(3),
  -- Why it does not move right now although nobody has to do anything, for people: an unreachable trainer.
  ADD COLUMN waiting_for text,
  ADD COLUMN finished_at timestamptz(3);
CREATE INDEX iteration_moving ON iteration (created_at) WHERE state IN ('grpo', 'verify', 'curate', 'dpo', 'eval');

ALTER TABLE job
  DROP CONSTRAINT job_kind_check,
  ADD CONSTRAINT job_kind_check CHECK (kind IN ('grpo', 'dpo', 'sft', 'rollout', 'eval')),
  -- The stage that its rollouts and its checkpoint carry.
  ADD COLUMN stage text NOT NULL CHECK (stage IN ('activation', 'grpo', 'dpo', 'eval')),
  ADD COLUMN attempt int NOT NULL DEFAULT 1,
  -- The latest `metric` of phase `train` or `sample`: steps done, and how many there will be.
  ADD COLUMN step int,
  ADD COLUMN steps int,
  ADD COLUMN device text,
  -- Questions (DPO: pairs) in the data it was given.
  ADD COLUMN data_count int,
  -- The trainer's `result` values.
  ADD COLUMN result jsonb;

-- One row per step and phase; the values are the trainer's, null where a number was not finite.
CREATE TABLE job_metric (
  job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  phase text NOT NULL,
  step int NOT NULL,
  values jsonb NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (job_id, phase, step)
);

-- Lines for people, by the seq of their event. `question_id` is our question's id where the line is about one.
CREATE TABLE job_log (
  job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  seq bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  level text NOT NULL CHECK (level IN ('debug', 'info', 'warning', 'error')),
  message text NOT NULL,
  question_id text,
  PRIMARY KEY (job_id, seq)
);

ALTER TABLE checkpoint
  DROP CONSTRAINT checkpoint_stage_check,
  -- `base`: what a run starts from, which no iteration made.
  ADD CONSTRAINT checkpoint_stage_check CHECK (stage IN ('base', 'activation', 'grpo', 'dpo')),
  ALTER COLUMN iteration_id DROP NOT NULL,
  DROP COLUMN location,
  -- How a trainer is told to load it (lib/domain/trainer/job.ts).
  ADD COLUMN model jsonb NOT NULL,
  ADD COLUMN job_id uuid REFERENCES job (id) ON DELETE CASCADE,
  ADD COLUMN bytes bigint;
CREATE UNIQUE INDEX checkpoint_job ON checkpoint (job_id, (model ->> 'name'));

ALTER TABLE rollout_text
  -- Seconds from the start of the clip, one per index of `frame_indices`; empty where the file did not say.
  ADD COLUMN frame_times double precision[] NOT NULL DEFAULT '{}',
  -- Height and width in pixels as the model saw them; null where nobody said.
  ADD COLUMN frame_height int,
  ADD COLUMN frame_width int;

-- Questions that an iteration found too easy for the next ones. In force while nobody has put them back.
CREATE TABLE curriculum_drop (
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  put_back_at timestamptz(3),
  put_back_by text REFERENCES "user" (id) ON DELETE SET NULL,
  PRIMARY KEY (iteration_id, question_id)
);
CREATE INDEX curriculum_drop_run ON curriculum_drop (run_id, question_id);
