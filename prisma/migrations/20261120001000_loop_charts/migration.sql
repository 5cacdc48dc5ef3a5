-- How long the thinking is in words and in sentences, beside its tokens: counted where it is read; null until then.
ALTER TABLE rollout ADD COLUMN think_words int, ADD COLUMN think_sentences int;

-- The index that a run is counted in carries what the charts count: steps, rewards, the three lengths, the question.
DROP INDEX rollout_run_seq;
CREATE INDEX rollout_run_seq ON rollout (run_id, seq)
  INCLUDE (project_id, iteration_id, question_set_id, question_id, facet_code, step, accuracy, think_tokens, think_words,
           think_sentences, total_tokens, reward, repetition, token_source);

-- Rollouts whose thinking still has to be counted in words.
CREATE INDEX rollout_uncounted ON rollout (project_id, seq) WHERE think_words IS NULL AND well_formed IS NOT NULL;

-- Which published benchmark a set of questions is of; null follows its name.
ALTER TABLE question_set ADD COLUMN benchmark text;

-- A screen with its choices, kept under a name for everybody in the project.
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  created_by text REFERENCES "user" (id) ON DELETE SET NULL,
  name text NOT NULL,
  -- The path of the screen inside the studio and its query string: closed lists, parsed anew when it is opened.
  path text NOT NULL,
  query text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (project_id, name)
);
