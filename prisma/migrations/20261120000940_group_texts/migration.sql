-- What the pair builder asks of the texts of a group, kept so that other thresholds can be tried without reading the
-- texts again: a response never changes, only more of them come.
CREATE TABLE group_text (
  group_id uuid PRIMARY KEY REFERENCES rollout_group (id) ON DELETE CASCADE,
  -- Verified rollouts it was read from: with more of them it is out of date.
  candidates int NOT NULL,
  -- The group's own stream of draws, 32 bits.
  stream bigint NOT NULL,
  -- lib/domain/pairs/group-texts.ts `encodeTexts`
  texts bytea NOT NULL
);

-- Whether a reading has new verdicts, without counting them all.
CREATE INDEX verdict_newest ON verdict (reading_id, created_at);
