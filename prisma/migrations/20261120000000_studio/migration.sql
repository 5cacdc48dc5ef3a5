-- The whole studio, one table a word. Hand-written, since checks, triggers and covering indexes are the point;
-- `prisma/schema.prisma` mirrors it and a test compares the two.

-- People -------------------------------------------------------------------------------------------------------
CREATE TABLE "user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE TABLE session (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX "session_user" ON session (user_id);
CREATE TABLE account (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  password text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX account_user ON account (user_id);
CREATE TABLE verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier ON verification (identifier);

CREATE TABLE project (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE TABLE member (
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'engineer', 'reviewer')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, user_id)
);
CREATE INDEX member_user ON member (user_id);
CREATE TABLE api_token (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  name text NOT NULL,
  -- sha256 of the token: the token itself is shown once and never stored.
  hash bytea NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX api_token_project ON api_token (project_id);

-- Media --------------------------------------------------------------------------------------------------------
CREATE TABLE media_root (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL,
  path text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, path)
);
CREATE TABLE media (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  root_id uuid NOT NULL REFERENCES media_root (id) ON DELETE CASCADE,
  rel_path text NOT NULL,
  bytes bigint,
  modified_at timestamptz(3),
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'playable', 'missing', 'unplayable')),
  -- Why it is missing or unplayable, in one sentence for people.
  sentence text,
  -- lib/domain/media.ts `probeSchema`: codec, size, rotation, frame rate, frames, duration.
  probe jsonb,
  probed_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (root_id, rel_path)
);
CREATE INDEX media_project ON media (project_id, state);

-- Questions ----------------------------------------------------------------------------------------------------
CREATE TABLE question_set (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, name)
);
-- `id` is content-addressed: the set and the key the file joins on.
CREATE TABLE question (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  question_set_id uuid NOT NULL REFERENCES question_set (id) ON DELETE CASCADE,
  key text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('choice', 'number', 'math', 'regression', 'ocr', 'text')),
  modality text NOT NULL CHECK (modality IN ('video', 'image', 'text')),
  prompt text NOT NULL,
  options jsonb NOT NULL DEFAULT '[]',
  truth text NOT NULL,
  media_path text,
  media_id uuid REFERENCES media (id) ON DELETE SET NULL,
  split text,
  source text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (question_set_id, key)
);
CREATE INDEX question_set_seq ON question (question_set_id, seq);
CREATE INDEX question_media ON question (media_id);
CREATE INDEX question_unresolved ON question (project_id) WHERE media_id IS NULL AND media_path IS NOT NULL;

-- Verifier -----------------------------------------------------------------------------------------------------
CREATE TABLE verifier_version (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  number int NOT NULL,
  name text NOT NULL,
  -- lib/domain/verifier/settings.ts `verifierSettingsSchema`
  settings jsonb NOT NULL,
  rules_version int NOT NULL,
  -- sha256 over settings and rules: the same thresholds are never two versions.
  sha256 text NOT NULL,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, number),
  UNIQUE (project_id, sha256)
);

-- Runs ---------------------------------------------------------------------------------------------------------
CREATE TABLE run (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  base_checkpoint text,
  recipe jsonb NOT NULL DEFAULT '{}',
  -- lib/domain/frames `samplerProfileSchema`: which frames the model saw, unless a rollout says otherwise.
  sampler jsonb,
  -- The version whose standing the rollouts of this run carry.
  verifier_version_id uuid NOT NULL REFERENCES verifier_version (id),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, name)
);
CREATE TABLE iteration (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  k int NOT NULL CHECK (k >= 0),
  -- `imported`: its rollouts came from files, no trainer moves it.
  state text NOT NULL CHECK (state IN ('imported', 'draft', 'grpo', 'verify', 'curate', 'dpo', 'eval', 'done', 'failed', 'cancelled')),
  failed_stage text,
  failed_reason text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (run_id, k)
);
CREATE TABLE trainer (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL,
  url text NOT NULL,
  -- lib/domain/trainer: what /v1/info last said.
  info jsonb,
  seen_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, name)
);
CREATE TABLE checkpoint (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  parent_id uuid REFERENCES checkpoint (id) ON DELETE SET NULL,
  trainer_id uuid REFERENCES trainer (id) ON DELETE SET NULL,
  stage text NOT NULL CHECK (stage IN ('activation', 'grpo', 'dpo')),
  step int NOT NULL,
  location text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX checkpoint_run ON checkpoint (run_id, created_at);

-- Rollouts -----------------------------------------------------------------------------------------------------
CREATE TABLE rollout_group (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  stage text NOT NULL CHECK (stage IN ('activation', 'grpo', 'verify', 'curate', 'dpo', 'eval')),
  step int NOT NULL
);
CREATE INDEX rollout_group_run ON rollout_group (run_id, seq);
CREATE INDEX rollout_group_question ON rollout_group (question_id);

-- What lists read: narrow, no chain text. `id` is content-addressed (lib/domain/formats/identity.ts), so the same
-- sample imported twice is one row. `seq` is the import order and the tie-breaker of every keyset.
-- The standing columns hold the run's verifier version with human corrections applied; `verdict` keeps the scores.
CREATE TABLE rollout (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES rollout_group (id) ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  question_set_id uuid NOT NULL REFERENCES question_set (id) ON DELETE CASCADE,
  stage text NOT NULL CHECK (stage IN ('activation', 'grpo', 'verify', 'curate', 'dpo', 'eval')),
  kind text NOT NULL CHECK (kind IN ('choice', 'number', 'math', 'regression', 'ocr', 'text')),
  step int NOT NULL,
  sample_index int,
  -- Which file or sender it came from: two files are two samplings of the same question.
  source text NOT NULL,
  chars int NOT NULL,
  finish_reason text NOT NULL CHECK (finish_reason IN ('stop', 'length', 'unknown')),
  total_tokens int,
  logged_reward real,
  logged_correct boolean,
  -- Standing; null until verified.
  answer text,
  think_tokens int,
  token_source text CHECK (token_source IN ('trainer', 'tokenizer', 'estimate')),
  well_formed boolean,
  accuracy real,
  correct boolean,
  consistency text CHECK (consistency IN ('consistent', 'inconsistent', 'undetermined')),
  repetition real,
  repetitive boolean,
  length_class text CHECK (length_class IN ('too_short', 'in_range', 'too_long', 'cut_off')),
  reward real,
  corrected boolean NOT NULL DEFAULT false,
  disagrees boolean GENERATED ALWAYS AS (logged_correct <> correct) STORED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 70); -- room for the one update that verification makes to every row
CREATE INDEX rollout_run_seq ON rollout (run_id, seq);
CREATE INDEX rollout_run_length ON rollout (run_id, think_tokens, seq);
CREATE INDEX rollout_run_reward ON rollout (run_id, reward, seq);
CREATE INDEX rollout_run_repetition ON rollout (run_id, repetition, seq);
CREATE INDEX rollout_group_id ON rollout (group_id);
CREATE INDEX rollout_question ON rollout (question_id);
CREATE INDEX rollout_unverified ON rollout (iteration_id, seq) WHERE well_formed IS NULL;

-- What one rollout's page reads.
CREATE TABLE rollout_text (
  rollout_id uuid PRIMARY KEY REFERENCES rollout (id) ON DELETE CASCADE,
  response text NOT NULL,
  -- Every named reward as logged, and the advantage.
  rewards jsonb NOT NULL DEFAULT '{}',
  -- Frame indices the trainer says it used; wins over the run's sampler.
  frame_indices int[]
);

CREATE TABLE verdict (
  rollout_id uuid NOT NULL REFERENCES rollout (id) ON DELETE CASCADE,
  verifier_version_id uuid NOT NULL REFERENCES verifier_version (id),
  well_formed boolean NOT NULL,
  cut_off boolean NOT NULL,
  answer text,
  accuracy real,
  consistency text NOT NULL CHECK (consistency IN ('consistent', 'inconsistent', 'undetermined')),
  concluded text,
  repetition real NOT NULL,
  think_tokens int NOT NULL,
  token_source text NOT NULL,
  evidence jsonb NOT NULL,
  reasons jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (rollout_id, verifier_version_id)
);

-- Pairs --------------------------------------------------------------------------------------------------------
-- What the queue reads: narrow. Texts and the untouched proposal are in pair_text.
CREATE TABLE pair (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES rollout_group (id) ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  verifier_version_id uuid NOT NULL REFERENCES verifier_version (id),
  type text NOT NULL CHECK (type IN ('accuracy', 'consistency', 'penalty', 'reflection', 'length')),
  rule text NOT NULL,
  why text NOT NULL,
  -- The fold of its decisions (lib/domain/pairs/life.ts), written in the decision's own transaction.
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
  edited boolean NOT NULL DEFAULT false,
  skips int NOT NULL DEFAULT 0,
  chosen_rollout_id uuid REFERENCES rollout (id) ON DELETE CASCADE,
  rejected_rollout_id uuid REFERENCES rollout (id) ON DELETE CASCADE,
  last_decision_seq bigint,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX pair_queue ON pair (iteration_id, state, skips, seq);
CREATE INDEX pair_run ON pair (run_id, seq);
CREATE INDEX pair_group ON pair (group_id);
CREATE INDEX pair_chosen ON pair (chosen_rollout_id);
CREATE INDEX pair_rejected ON pair (rejected_rollout_id);
CREATE TABLE pair_text (
  pair_id uuid PRIMARY KEY REFERENCES pair (id) ON DELETE CASCADE,
  -- { chosen: PairSide, rejected: PairSide, seam } as the rule proposed it; never changes.
  proposal jsonb NOT NULL,
  chosen text NOT NULL,
  rejected text NOT NULL
);

-- One act of a person or policy on a pair, or on a verdict's check. The id is the client's, so a repeated send is
-- the same act. Append-only.
CREATE TABLE decision (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  actor_id text REFERENCES "user" (id) ON DELETE SET NULL,
  policy text,
  pair_id uuid REFERENCES pair (id) ON DELETE CASCADE,
  rollout_id uuid REFERENCES rollout (id) ON DELETE CASCADE,
  "check" text CHECK ("check" IN ('format', 'accuracy', 'consistency', 'repetition', 'length')),
  action text NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}',
  reason text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK ((pair_id IS NULL) <> (rollout_id IS NULL)),
  CHECK ((rollout_id IS NULL) = ("check" IS NULL))
);
CREATE INDEX decision_pair ON decision (pair_id, seq);
CREATE INDEX decision_rollout ON decision (rollout_id, seq);
CREATE INDEX decision_actor ON decision (actor_id, seq);

CREATE TABLE pair_set (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  number int NOT NULL,
  pair_count int NOT NULL CHECK (pair_count > 0),
  -- sha256 of the canonical manifest; lib/domain/pairs/manifest.ts
  sha256 text NOT NULL,
  manifest jsonb NOT NULL,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, number)
);
CREATE TABLE pair_set_item (
  pair_set_id uuid NOT NULL REFERENCES pair_set (id) ON DELETE CASCADE,
  position int NOT NULL,
  pair_id uuid NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  type text NOT NULL,
  chosen text NOT NULL,
  rejected text NOT NULL,
  PRIMARY KEY (pair_set_id, position),
  UNIQUE (pair_set_id, pair_id)
);
CREATE INDEX pair_set_item_pair ON pair_set_item (pair_id);

-- Work ---------------------------------------------------------------------------------------------------------
-- One request to a trainer. The training issue moves it; its states are named here.
CREATE TABLE job (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  iteration_id uuid NOT NULL REFERENCES iteration (id) ON DELETE CASCADE,
  trainer_id uuid REFERENCES trainer (id) ON DELETE SET NULL,
  pair_set_id uuid REFERENCES pair_set (id),
  checkpoint_id uuid REFERENCES checkpoint (id),
  kind text NOT NULL CHECK (kind IN ('grpo', 'dpo', 'rollout', 'eval')),
  state text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  settings jsonb NOT NULL DEFAULT '{}',
  -- The last event stored from the trainer's log.
  last_event_seq bigint NOT NULL DEFAULT 0,
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  finished_at timestamptz(3)
);
CREATE INDEX job_iteration ON job (iteration_id, created_at);

-- Long work of the studio itself, with progress that survives a reload.
CREATE TABLE task (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('import', 'probe', 'verify', 'propose')),
  title text NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- lib/jobs: the payload the handler parses.
  payload jsonb NOT NULL DEFAULT '{}',
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  unit text NOT NULL DEFAULT 'rollouts',
  cancel_requested boolean NOT NULL DEFAULT false,
  -- What it came to, for people and for the next screen.
  result jsonb,
  error text,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  heartbeat_at timestamptz(3),
  finished_at timestamptz(3)
);
CREATE INDEX task_project ON task (project_id, created_at DESC);
CREATE TABLE import (
  -- The id of its task.
  id uuid PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid REFERENCES run (id) ON DELETE CASCADE,
  question_set_id uuid REFERENCES question_set (id) ON DELETE CASCADE,
  file_name text NOT NULL,
  format text,
  sha256 text,
  bytes bigint NOT NULL,
  rollouts_new int NOT NULL DEFAULT 0,
  rollouts_known int NOT NULL DEFAULT 0,
  questions_new int NOT NULL DEFAULT 0,
  refused int NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX import_project ON import (project_id, created_at DESC);
-- The first refusals of an import in file order; `import.refused` counts them all.
CREATE TABLE import_refusal (
  import_id uuid NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  at bigint NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (import_id, at)
);

-- What must never change -----------------------------------------------------------------------------------------
CREATE FUNCTION forbid_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- Only UPDATE is forbidden by trigger: DELETE cascades from a project that its owner removes, nothing else deletes.
CREATE TRIGGER decision_immutable BEFORE UPDATE OF id, seq, project_id, pair_id, rollout_id, "check", action, payload, reason, created_at ON decision
  FOR EACH ROW EXECUTE FUNCTION forbid_update();
CREATE TRIGGER verifier_version_immutable BEFORE UPDATE OF id, project_id, number, settings, rules_version, sha256 ON verifier_version
  FOR EACH ROW EXECUTE FUNCTION forbid_update();
CREATE TRIGGER pair_set_immutable BEFORE UPDATE OF id, project_id, run_id, iteration_id, number, pair_count, sha256, manifest ON pair_set
  FOR EACH ROW EXECUTE FUNCTION forbid_update();
CREATE TRIGGER pair_set_item_immutable BEFORE UPDATE ON pair_set_item
  FOR EACH ROW EXECUTE FUNCTION forbid_update();
CREATE TRIGGER pair_text_proposal_immutable BEFORE UPDATE OF proposal ON pair_text
  FOR EACH ROW EXECUTE FUNCTION forbid_update();
