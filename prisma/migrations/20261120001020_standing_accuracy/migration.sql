-- A rollout's accuracy is the one that counts, 1 or 0 where a person said so, as its reward always had it; what the
-- verifier measured stays in the verdict. The reward beyond the form is that accuracy, up to the rounding of `real`.
UPDATE rollout SET accuracy = stands.accuracy
FROM (
  SELECT corrected.id, corrected.reward::float8
    - CASE WHEN corrected.well_formed THEN (version.settings ->> 'formatReward')::float8 ELSE 0 END AS accuracy
  FROM (
    SELECT DISTINCT ON (rollout_id) rollout_id, action FROM decision
    WHERE rollout_id IS NOT NULL AND "check" = 'accuracy' ORDER BY rollout_id, seq DESC
  ) AS act
  JOIN rollout AS corrected ON corrected.id = act.rollout_id
  JOIN run ON run.id = corrected.run_id
  JOIN verifier_version AS version ON version.id = run.verifier_version_id
  WHERE act.action = 'correct' AND corrected.reward IS NOT NULL
) AS stands
WHERE rollout.id = stands.id AND (rollout.accuracy IS NULL OR abs(rollout.accuracy - stands.accuracy) > 0.001);
