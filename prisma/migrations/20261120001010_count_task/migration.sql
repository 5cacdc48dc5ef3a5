-- Thinking that was verified before its words and sentences were counted is counted by a task of its own.
ALTER TABLE task DROP CONSTRAINT task_kind_check;
ALTER TABLE task ADD CONSTRAINT task_kind_check CHECK (kind IN ('import', 'probe', 'verify', 'propose', 'judge', 'count'));
