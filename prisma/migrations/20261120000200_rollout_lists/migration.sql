-- Lists of rollouts over a whole project, and the counts beside their filters.

-- Everything that the facets count, in one number: grouping 200,000 rows by eleven columns costs three times as much
-- as grouping them by this one inside an index. Mixed radix; lib/data/rollout-facet-code.ts reads it back.
ALTER TABLE rollout ADD COLUMN facet_code int NOT NULL GENERATED ALWAYS AS (
    19440 * (array_position(ARRAY['activation', 'grpo', 'verify', 'curate', 'dpo', 'eval'], stage) - 1)
  + 3240 * (array_position(ARRAY['choice', 'number', 'math', 'regression', 'ocr', 'text'], kind) - 1)
  + 1080 * CASE WHEN correct THEN 0 WHEN NOT correct THEN 1 ELSE 2 END
  + 270 * CASE consistency WHEN 'consistent' THEN 0 WHEN 'inconsistent' THEN 1 WHEN 'undetermined' THEN 2 ELSE 3 END
  + 90 * CASE WHEN well_formed THEN 0 WHEN NOT well_formed THEN 1 ELSE 2 END
  + 30 * CASE WHEN repetitive THEN 0 WHEN NOT repetitive THEN 1 ELSE 2 END
  + 6 * CASE length_class WHEN 'too_short' THEN 0 WHEN 'in_range' THEN 1 WHEN 'too_long' THEN 2 WHEN 'cut_off' THEN 3 ELSE 4 END
  + 2 * CASE WHEN logged_correct <> correct THEN 0 WHEN logged_correct = correct THEN 1 ELSE 2 END
  + CASE WHEN corrected THEN 0 ELSE 1 END
) STORED;
CREATE INDEX rollout_facets ON rollout (project_id, run_id, iteration_id, question_set_id, facet_code);

-- The same orders as within a run, over all runs of a project.
CREATE INDEX rollout_project_seq ON rollout (project_id, seq);
CREATE INDEX rollout_project_length ON rollout (project_id, think_tokens, seq);
CREATE INDEX rollout_project_reward ON rollout (project_id, reward, seq);
CREATE INDEX rollout_project_repetition ON rollout (project_id, repetition, seq);
CREATE INDEX rollout_group_project ON rollout_group (project_id, seq);
-- These served one run only. The project's orders serve a large run as well (its rows are dense in them), and a small
-- run is sorted in memory; keeping both would make every import write three indexes more.
DROP INDEX rollout_run_length;
DROP INDEX rollout_run_reward;
DROP INDEX rollout_run_repetition;
