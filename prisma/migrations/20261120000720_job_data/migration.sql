-- What a job was given, decided once: a second request after a kill must be the same job, and rollouts that come back
-- are of these questions or of none.

ALTER TABLE job
  -- Rollouts stored of it, so that no screen counts them.
  ADD COLUMN rollouts int NOT NULL DEFAULT 0,
  -- When its data were decided; null before.
  ADD COLUMN prepared_at timestamptz(3);

-- The questions of its data (DPO: of its pairs). `media_sha256` is the content of the clip that the trainer is shown.
CREATE TABLE job_question (
  job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  media_sha256 text,
  PRIMARY KEY (job_id, question_id)
);
CREATE INDEX job_question_question ON job_question (question_id);
