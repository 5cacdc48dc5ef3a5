-- Weights of a recorded run that nobody kept: the row stays in the lineage, and nothing can start from it.
ALTER TABLE checkpoint ADD COLUMN kept boolean NOT NULL DEFAULT true;
