/**
 * A run of two hundred thousand rollouts for the charts bench: an evaluation, then three iterations of GRPO with 150 steps
 * and an evaluation each, 15,000 pairs with decisions, jobs; and a smaller run to lay over it. Made inside PostgreSQL.
 * Texts are left out: no chart reads one.
 */
import type { Client } from 'pg';

const SAMPLES = 8;
const TURNS = 4;
const STEPS = 150;
/** Groups of an evaluation: each question of the two held-out sets once. */
const HELD_OUT = 1_000;
const TRAIN = 4_000;
const PAIRS = 15_000;

const sets = `
INSERT INTO question_set (id, project_id, name)
SELECT gen_random_uuid(), $1, name FROM unnest(ARRAY['Train A', 'Train B', 'MMVU', 'TOMATO']) AS name`;

/** Half of the questions each to the two sets of a use. */
const questions = `
WITH sets AS (SELECT id, name FROM question_set WHERE project_id = $1)
INSERT INTO question (id, project_id, question_set_id, key, kind, modality, prompt, options, truth)
SELECT gen_random_uuid(), $1, sets.id, 'q' || q, (ARRAY['choice', 'choice', 'number', 'regression'])[1 + q % 4], 'video',
       'Question ' || q || ': which of the objects moves first?', '["yes","no","neither","both"]', 'A'
FROM generate_series(0, ${TRAIN + HELD_OUT - 1}) AS numbers(q)
JOIN sets ON sets.name = CASE WHEN q < ${TRAIN} THEN (ARRAY['Train A', 'Train B'])[1 + q % 2] ELSE (ARRAY['MMVU', 'TOMATO'])[1 + q % 2] END`;

const run = `
INSERT INTO run (id, project_id, name, base_checkpoint, verifier_version_id)
SELECT gen_random_uuid(), $1, $2, 'base', (SELECT id FROM verifier_version WHERE project_id = $1 LIMIT 1) RETURNING id`;

const iterations = `
INSERT INTO iteration (id, project_id, run_id, k, state)
SELECT gen_random_uuid(), $1, $2, k, 'imported' FROM generate_series(0, ${TURNS - 1}) AS k`;

/** An evaluation at each k, whose questions are all asked. */
const evaluated = `
WITH asked AS (
  SELECT question.id, row_number() OVER (ORDER BY question.key) - 1 AS n FROM question
  JOIN question_set ON question_set.id = question.question_set_id
  WHERE question.project_id = $1 AND question_set.name IN ('MMVU', 'TOMATO')
)
INSERT INTO rollout_group (id, project_id, run_id, iteration_id, question_id, stage, step)
SELECT gen_random_uuid(), $1, $2, iteration.id, asked.id, 'eval', 0
FROM iteration JOIN asked ON asked.n < $3::int WHERE iteration.run_id = $2 ORDER BY iteration.k, asked.n`;

/** Training from k = 1 on, the groups spread evenly over its steps. */
const trained = `
WITH asked AS (
  SELECT question.id, row_number() OVER (ORDER BY question.key) - 1 AS n FROM question
  JOIN question_set ON question_set.id = question.question_set_id
  WHERE question.project_id = $1 AND question_set.name IN ('Train A', 'Train B')
)
INSERT INTO rollout_group (id, project_id, run_id, iteration_id, question_id, stage, step)
SELECT gen_random_uuid(), $1, $2, iteration.id, asked.id, 'grpo', 1 + g * ${STEPS} / $3::int
FROM iteration CROSS JOIN generate_series(0, $3::int - 1) AS g JOIN asked ON asked.n = (g * 7 + iteration.k * 13) % ${TRAIN}
WHERE iteration.run_id = $2 AND iteration.k > 0 ORDER BY iteration.k, g`;

/** Later iterations are right more often, think longer, and contradict themselves less. */
const rollouts = `
INSERT INTO rollout (id, project_id, run_id, iteration_id, group_id, question_id, question_set_id, stage, kind, step,
  sample_index, source, chars, finish_reason, answer, total_tokens, think_tokens, think_words, think_sentences, token_source,
  well_formed, accuracy, correct, consistency, repetition, repetitive, length_class, reward, corrected)
SELECT gen_random_uuid(), g.project_id, g.run_id, g.iteration_id, g.id, g.question_id, q.question_set_id, g.stage, q.kind, g.step,
  s.n, 'samples_' || s.n || '.json', 1500, CASE WHEN a.tokens > 1150 THEN 'length' ELSE 'stop' END, 'A',
  a.tokens + 12, a.tokens, (a.tokens * 0.75)::int, 1 + a.tokens / 24, 'trainer',
  a.well, a.correct::int, a.correct, a.consistency, a.repetition, a.repetition > 0.3,
  CASE WHEN a.tokens > 1150 THEN 'cut_off' WHEN a.tokens < 60 THEN 'too_short' ELSE 'in_range' END,
  a.correct::int + a.well::int * 0.5, random() < 0.0005
FROM rollout_group g JOIN question q ON q.id = g.question_id JOIN iteration turn ON turn.id = g.iteration_id
CROSS JOIN generate_series(0, ${SAMPLES - 1}) AS s(n)
CROSS JOIN LATERAL (
  SELECT random() + s.n * 0 < 0.4 + 0.08 * turn.k + 0.0008 * g.step AS correct, random() + s.n * 0 < 0.9 + 0.02 * turn.k AS well,
         (40 + (random() + random()) * (300 + 70 * turn.k) + g.step + s.n * 0)::int AS tokens,
         (random() ^ 4)::real + s.n * 0 AS repetition,
         CASE WHEN random() + s.n * 0 < 0.16 - 0.04 * turn.k THEN 'inconsistent' WHEN random() < 0.1 THEN 'undetermined'
              ELSE 'consistent' END AS consistency
) a
WHERE g.run_id = $1
ORDER BY g.seq, s.n`;

const pairs = `
WITH sides AS (
  SELECT group_id, iteration_id, question_id, min(id::text) FILTER (WHERE correct AND well_formed) AS good,
         min(id::text) FILTER (WHERE NOT correct) AS bad, row_number() OVER (ORDER BY group_id) AS n
  FROM rollout WHERE run_id = $2 AND stage = 'grpo' GROUP BY 1, 2, 3
)
INSERT INTO pair (id, project_id, run_id, iteration_id, group_id, question_id, verifier_version_id, type, rule, why, state,
  chosen_rollout_id, rejected_rollout_id, good_rollout_id, bad_rollout_id)
SELECT gen_random_uuid(), $1, $2, iteration_id, group_id, question_id, (SELECT id FROM verifier_version WHERE project_id = $1 LIMIT 1),
       (ARRAY['accuracy', 'consistency', 'penalty', 'length'])[1 + n % 4], 'bench', 'bench',
       (ARRAY['approved', 'approved', 'approved', 'rejected', 'proposed'])[1 + n % 5], good::uuid, bad::uuid, good::uuid, bad::uuid
FROM sides WHERE good IS NOT NULL AND bad IS NOT NULL ORDER BY n LIMIT ${PAIRS}`;

const decisions = `
INSERT INTO decision (id, project_id, actor_id, pair_id, action)
SELECT gen_random_uuid(), $1, $3, id, CASE state WHEN 'approved' THEN 'approve' ELSE 'reject' END
FROM pair WHERE run_id = $2 AND state <> 'proposed' ORDER BY seq`;

const jobs = `
INSERT INTO job (id, project_id, iteration_id, kind, stage, state, settings, result, device, rollouts, step, steps,
  created_at, started_at, finished_at)
SELECT gen_random_uuid(), $1, iteration.id, kind, kind, 'succeeded', '{"settings": {"globalBatch": 64, "epochs": 1, "samplesPerQuestion": 8}}',
       jsonb_build_object('seconds', seconds, 'rollouts', 8000, 'steps', ${STEPS}, 'pairs', 5000), 'cuda', 8000, ${STEPS}, ${STEPS},
       now() - interval '2 hours', now() - interval '2 hours', now() - interval '2 hours' + seconds * interval '1 second'
FROM iteration CROSS JOIN (VALUES ('grpo', 3600), ('dpo', 160), ('eval', 240)) AS kinds(kind, seconds)
WHERE iteration.run_id = $2 AND iteration.k > 0`;

export type SeededCharts = { readonly runId: string; readonly rollouts: number; readonly pairs: number };

export const RUN_NAME = 'Loop';
export const OTHER_NAME = 'GRPO alone';

const seedRun = async (client: Client, projectId: string, name: string, count: number): Promise<string> => {
  const { rows } = await client.query<{ id: string }>(run, [projectId, name]);
  const runId = rows[0]?.id ?? '';
  const groups = Math.ceil(count / SAMPLES);
  const perEvaluation = Math.min(HELD_OUT, Math.floor(groups / TURNS / 4));
  await client.query(iterations, [projectId, runId]);
  await client.query(evaluated, [projectId, runId, perEvaluation]);
  await client.query(trained, [projectId, runId, Math.floor((groups - TURNS * perEvaluation) / (TURNS - 1))]);
  await client.query(rollouts, [runId]);
  return runId;
};

/** Fills a studio whose local owner has a project and a verifier version. */
export const seedCharts = async (
  client: Client,
  { projectId, userId }: { readonly projectId: string; readonly userId: string },
  rolloutCount: number,
): Promise<SeededCharts> => {
  await client.query(sets, [projectId]);
  await client.query(questions, [projectId]);
  await seedRun(client, projectId, OTHER_NAME, rolloutCount / 10);
  const runId = await seedRun(client, projectId, RUN_NAME, rolloutCount);
  await client.query(pairs, [projectId, runId]);
  await client.query(decisions, [projectId, runId, userId]);
  await client.query(jobs, [projectId, runId]);
  await client.query('VACUUM ANALYZE');
  const { rows } = await client.query<{ rollouts: number; pairs: number }>(
    `SELECT (SELECT count(*)::int FROM rollout WHERE run_id = $1) AS rollouts, (SELECT count(*)::int FROM pair WHERE run_id = $1) AS pairs`,
    [runId],
  );
  return { runId, rollouts: rows[0]?.rollouts ?? 0, pairs: rows[0]?.pairs ?? 0 };
};
