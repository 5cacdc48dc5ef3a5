-- Lists, counts and rates of a project's rollouts out of indexes alone: a row of `rollout` is 400 bytes, and 200,000 of
-- them in the order of an index take ten times as long as the index itself.

-- What a run's figures, counts within a range and rare combinations of filters read. New rows come at its end, so that
-- its width costs an import little; `rollout_facets` stays as it is, since equal entries without more share their place.
DROP INDEX rollout_run_seq;
CREATE INDEX rollout_run_seq ON rollout (run_id, seq)
  INCLUDE (project_id, iteration_id, question_set_id, facet_code, think_tokens, reward, repetition, token_source);

-- Each order carries the facets, so that a filter that few rollouts pass reads no others.
DROP INDEX rollout_project_seq;
DROP INDEX rollout_project_length;
DROP INDEX rollout_project_reward;
DROP INDEX rollout_project_repetition;
DROP INDEX rollout_group_id;
CREATE INDEX rollout_project_seq ON rollout (project_id, seq) INCLUDE (facet_code);
CREATE INDEX rollout_project_length ON rollout (project_id, think_tokens, seq) INCLUDE (facet_code);
CREATE INDEX rollout_project_reward ON rollout (project_id, reward, seq) INCLUDE (facet_code);
CREATE INDEX rollout_project_repetition ON rollout (project_id, repetition, seq) INCLUDE (facet_code);
CREATE INDEX rollout_group_id ON rollout (group_id, facet_code);

-- The facets as lists ask for them: digits of `facet_code`, written as in lib/data/rollouts/facet-sql.ts. Without these
-- the planner takes every one of them for rare.
CREATE STATISTICS rollout_stage ON (facet_code / 19440 % 6) FROM rollout;
CREATE STATISTICS rollout_kind ON (facet_code / 3240 % 6) FROM rollout;
CREATE STATISTICS rollout_correct ON (facet_code / 1080 % 3) FROM rollout;
CREATE STATISTICS rollout_consistency ON (facet_code / 270 % 4) FROM rollout;
CREATE STATISTICS rollout_well_formed ON (facet_code / 90 % 3) FROM rollout;
CREATE STATISTICS rollout_repetitive ON (facet_code / 30 % 3) FROM rollout;
CREATE STATISTICS rollout_length_class ON (facet_code / 6 % 5) FROM rollout;
CREATE STATISTICS rollout_disagrees ON (facet_code / 2 % 3) FROM rollout;
CREATE STATISTICS rollout_corrected ON (facet_code / 1 % 2) FROM rollout;

-- No query has asked for it since verification finds what waits by the verdicts.
DROP INDEX rollout_unverified;
