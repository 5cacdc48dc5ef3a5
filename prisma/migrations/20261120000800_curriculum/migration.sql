-- What an iteration's curriculum was decided from (lib/domain/curriculum.ts `curriculumBasisSchema`); null until it is.
-- Kept, since corrections move the counts later. Set in the transaction that writes its `curriculum_drop` rows.
ALTER TABLE iteration ADD COLUMN curriculum jsonb;
