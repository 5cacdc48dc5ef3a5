-- A rollout repeats the project, run, iteration and question of its group, so that lists read one table. Checking each
-- of them by a key of its own cost a third of every import; one key to the group's own copies checks them together.
-- What is removed still takes its rollouts along: every path leads through the group.
ALTER TABLE rollout_group ADD CONSTRAINT rollout_group_place UNIQUE (id, project_id, run_id, iteration_id, question_id);
ALTER TABLE rollout
  DROP CONSTRAINT rollout_project_id_fkey,
  DROP CONSTRAINT rollout_run_id_fkey,
  DROP CONSTRAINT rollout_iteration_id_fkey,
  DROP CONSTRAINT rollout_group_id_fkey,
  DROP CONSTRAINT rollout_question_id_fkey,
  DROP CONSTRAINT rollout_question_set_id_fkey,
  ADD CONSTRAINT rollout_place FOREIGN KEY (group_id, project_id, run_id, iteration_id, question_id)
    REFERENCES rollout_group (id, project_id, run_id, iteration_id, question_id) ON DELETE CASCADE;
