-- The token of a job opens the reward API and nothing else: it lies on the trainer's machine, which is not its person's.
-- Null for the tokens that people make.
ALTER TABLE api_token ADD COLUMN job_id uuid REFERENCES job (id) ON DELETE CASCADE;
UPDATE api_token SET job_id = job.id FROM job WHERE api_token.name = 'job ' || job.id;
CREATE INDEX api_token_job ON api_token (job_id) WHERE job_id IS NOT NULL;
