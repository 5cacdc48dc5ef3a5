-- Which checks a sample asks about: drawn for choice questions alone, accuracy is nothing to read for.
ALTER TABLE label_sample ADD COLUMN checks text[] NOT NULL DEFAULT '{consistency,accuracy}'
  CHECK (checks <@ '{consistency,accuracy}' AND cardinality(checks) > 0);
