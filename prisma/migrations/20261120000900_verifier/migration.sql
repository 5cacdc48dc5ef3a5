-- The verifier's own room: what versions share, judges, and labels to measure them against.

-- Tokenizers that count the thinking's tokens where the trainer did not: a tokenizer.json each.
CREATE TABLE tokenizer (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL,
  -- Of `content`, hex: settings name a tokenizer by it, so that they mean the same in every project.
  sha256 text NOT NULL,
  content bytea NOT NULL,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, sha256),
  UNIQUE (project_id, name)
);

-- A reading is everything that measures depend on: rules, n-gram, tokenizer. Versions that differ in thresholds alone
-- share one, so that a moved threshold reads no text again.
CREATE TABLE reading (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  rules_version int NOT NULL,
  -- lib/domain/verifier/reading.ts `readingSettingsSchema`
  settings jsonb NOT NULL,
  -- sha256 over both: the same reading is never there twice.
  sha256 text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, sha256)
);

-- Until now every version had measures of its own.
INSERT INTO reading (id, project_id, rules_version, settings, sha256, created_at)
SELECT id, project_id, rules_version, jsonb_build_object('repetitionNgram', settings -> 'repetitionNgram', 'tokenizer', NULL),
       'version ' || id, created_at
FROM verifier_version;

ALTER TABLE verifier_version ADD COLUMN reading_id uuid REFERENCES reading (id);
UPDATE verifier_version SET reading_id = id;
ALTER TABLE verifier_version ALTER COLUMN reading_id SET NOT NULL;

ALTER TABLE verdict DROP CONSTRAINT verdict_verifier_version_id_fkey;
ALTER TABLE verdict RENAME COLUMN verifier_version_id TO reading_id;
ALTER TABLE verdict ADD CONSTRAINT verdict_reading_id_fkey FOREIGN KEY (reading_id) REFERENCES reading (id);

-- Judges: models behind an OpenAI-compatible server that say, blind, what a thinking concludes.
CREATE TABLE judge (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name text NOT NULL,
  -- What decides what it says. These never change: another model or prompt is another judge.
  model text NOT NULL,
  prompt_version int NOT NULL,
  temperature real NOT NULL,
  max_tokens int NOT NULL,
  -- Only reports: no verifier version may name it, so that no judge sets its own exam.
  held_out boolean NOT NULL,
  -- How it is reached and what it may cost. These may change.
  url text NOT NULL,
  -- Sealed; null for a server that asks for none.
  api_key bytea,
  concurrency int NOT NULL,
  timeout_seconds int NOT NULL,
  usd_per_million_input double precision NOT NULL DEFAULT 0,
  usd_per_million_output double precision NOT NULL DEFAULT 0,
  -- Null: no limit.
  token_budget bigint,
  usd_budget double precision,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, name)
);

ALTER TABLE verifier_version
  ADD COLUMN judge_id uuid GENERATED ALWAYS AS ((settings ->> 'judgeId')::uuid) STORED REFERENCES judge (id);

-- Every request that went out, whatever came of it: what budgets, latency and errors are counted from.
CREATE TABLE judge_call (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  judge_id uuid NOT NULL REFERENCES judge (id) ON DELETE CASCADE,
  content_sha256 text NOT NULL,
  state text NOT NULL CHECK (state IN ('answered', 'malformed', 'failed')),
  input_tokens int NOT NULL DEFAULT 0,
  output_tokens int NOT NULL DEFAULT 0,
  usd double precision NOT NULL DEFAULT 0,
  latency_ms int NOT NULL,
  -- One sentence; null when it was answered.
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX judge_call_judge ON judge_call (judge_id, created_at) INCLUDE (state, input_tokens, output_tokens, usd, latency_ms);

-- The cache: what a judge said of one content. The same words are never paid for twice.
CREATE TABLE judge_answer (
  judge_id uuid NOT NULL REFERENCES judge (id) ON DELETE CASCADE,
  -- sha256 of the messages that were sent, hex.
  content_sha256 text NOT NULL,
  -- `open`: the judge found no conclusion. `malformed`: it did not answer in the form; the raw text is kept.
  state text NOT NULL CHECK (state IN ('concluded', 'open', 'malformed')),
  concluded text,
  quote text,
  raw text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (judge_id, content_sha256)
);

-- What a judge's answer means for one rollout: its conclusion against the rollout's answer.
CREATE TABLE judgement (
  rollout_id uuid NOT NULL REFERENCES rollout (id) ON DELETE CASCADE,
  judge_id uuid NOT NULL REFERENCES judge (id) ON DELETE CASCADE,
  reading_id uuid NOT NULL REFERENCES reading (id),
  content_sha256 text NOT NULL,
  consistency text NOT NULL CHECK (consistency IN ('consistent', 'inconsistent', 'undetermined')),
  concluded text,
  -- lib/domain/verdict.ts `evidenceSchema`
  evidence jsonb NOT NULL,
  reason text NOT NULL,
  -- Nothing was sent for it: another rollout had the same words.
  cached boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (rollout_id, reading_id, judge_id)
);
CREATE INDEX judgement_judge ON judgement (judge_id);

-- Labels: what people say of a rollout with its verdict hidden. They measure the verifier and change no standing.
CREATE TABLE label_sample (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  iteration_id uuid REFERENCES iteration (id) ON DELETE CASCADE,
  seed bigint NOT NULL,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX label_sample_project ON label_sample (project_id, created_at);

CREATE TABLE label_item (
  sample_id uuid NOT NULL REFERENCES label_sample (id) ON DELETE CASCADE,
  position int NOT NULL,
  rollout_id uuid NOT NULL REFERENCES rollout (id) ON DELETE CASCADE,
  stratum text NOT NULL,
  -- Rollouts of the stratum when the sample was drawn: the item stands for its share of them.
  stratum_total int NOT NULL,
  PRIMARY KEY (sample_id, position),
  UNIQUE (sample_id, rollout_id)
);
CREATE INDEX label_item_rollout ON label_item (rollout_id);

-- Append-only: the last act of a person on one check of one item holds.
CREATE TABLE label (
  -- The client's, so that a repeated send is the same act.
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  sample_id uuid NOT NULL,
  rollout_id uuid NOT NULL,
  actor_id text REFERENCES "user" (id) ON DELETE SET NULL,
  "check" text NOT NULL CHECK ("check" IN ('accuracy', 'consistency')),
  -- Null takes the label back. `unsure` is a label: it leaves the item out of the figures.
  value text CHECK (value IN ('correct', 'wrong', 'consistent', 'inconsistent', 'unsure')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (sample_id, rollout_id) REFERENCES label_item (sample_id, rollout_id) ON DELETE CASCADE
);
CREATE INDEX label_of_sample ON label (sample_id, seq);

ALTER TABLE task DROP CONSTRAINT task_kind_check;
ALTER TABLE task ADD CONSTRAINT task_kind_check CHECK (kind IN ('import', 'probe', 'verify', 'propose', 'judge'));
