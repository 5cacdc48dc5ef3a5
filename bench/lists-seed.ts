/**
 * Rollouts by the hundred thousand for the list bench: made inside PostgreSQL, since the rows, not the way they came
 * in, are what is measured. Shares are those of real files: a third wrong, a twentieth inconsistent, few corrected.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

export const SAMPLES_PER_GROUP = 8;
const SETS = 4;

/** How many there are of each; every iteration asks the same questions when groups are a multiple of both. */
export type ListShape = { readonly runs: number; readonly iterations: number; readonly questions: number };
const usual: ListShape = { runs: 3, iterations: 4, questions: 4_000 };

const people = `
INSERT INTO "user" (id, name, email) VALUES ($1, 'Bench', 'bench@studio.local')`;
const projects = `
INSERT INTO project (id, name) VALUES ($1, 'Bench')`;
const members = `
INSERT INTO member (project_id, user_id, role) VALUES ($1, $2, 'owner')`;
const versions = `
WITH reading AS (
  INSERT INTO reading (id, project_id, rules_version, settings, sha256)
  VALUES (gen_random_uuid(), $1, 1, '{}', 'bench') RETURNING id
)
INSERT INTO verifier_version (id, project_id, number, name, settings, rules_version, sha256, reading_id)
SELECT gen_random_uuid(), $1, 1, 'Bench', '{}', 1, 'bench', id FROM reading`;
const runs = (count: number) => `
INSERT INTO run (id, project_id, name, verifier_version_id)
SELECT gen_random_uuid(), $1, 'Run ' || n, (SELECT id FROM verifier_version WHERE project_id = $1)
FROM generate_series(1, ${count}) n`;
const iterations = (count: number) => `
INSERT INTO iteration (id, project_id, run_id, k, state)
SELECT gen_random_uuid(), $1, run.id, k, 'imported' FROM run, generate_series(0, ${count - 1}) k WHERE project_id = $1`;
const sets = `
INSERT INTO question_set (id, project_id, name) SELECT gen_random_uuid(), $1, 'Set ' || n FROM generate_series(1, ${SETS}) n`;
const questions = (count: number) => `
WITH sets AS (SELECT id, row_number() OVER () - 1 AS n FROM question_set WHERE project_id = $1)
INSERT INTO question (id, project_id, question_set_id, key, kind, modality, prompt, options, truth)
SELECT gen_random_uuid(), $1, sets.id, 'q' || q, (ARRAY['choice', 'choice', 'number', 'regression'])[1 + q % 4], 'video',
       'Question ' || q || ': which of the objects moves first, and how far does it travel before the camera turns? '
         || repeat('More is said here, as questions do. ', 4), '["yes","no","neither","both"]', 'A'
FROM generate_series(1, ${count}) AS numbers(q) JOIN sets ON sets.n = q % ${SETS}`;
const groups = (turns: number, asked: number) => `
WITH iterations AS (SELECT id, run_id, k, row_number() OVER (ORDER BY run_id, k) - 1 AS n FROM iteration WHERE project_id = $1),
     questions AS (SELECT id, row_number() OVER () - 1 AS n FROM question WHERE project_id = $1)
INSERT INTO rollout_group (id, project_id, run_id, iteration_id, question_id, stage, step)
SELECT gen_random_uuid(), $1, iterations.run_id, iterations.id, questions.id,
       CASE WHEN g % 10 = 0 THEN 'eval' ELSE 'grpo' END, g / 100
FROM generate_series(0, $2::int - 1) g
     JOIN iterations ON iterations.n = (g * ${turns}::bigint / $2::int)
     JOIN questions ON questions.n = g % ${asked}
ORDER BY g`;
const rollouts = `
INSERT INTO rollout (id, project_id, run_id, iteration_id, group_id, question_id, question_set_id, stage, kind, step,
  sample_index, source, chars, finish_reason, logged_reward, logged_correct, answer, think_tokens, token_source,
  well_formed, accuracy, correct, consistency, repetition, repetitive, length_class, reward, corrected)
SELECT gen_random_uuid(), g.project_id, g.run_id, g.iteration_id, g.id, g.question_id, q.question_set_id, g.stage, q.kind, g.step,
  s.n, 'samples_' || s.n || '.json', 1500, 'stop', a.correct::int, a.correct <> (random() < 0.01), 'A', a.tokens, 'estimate',
  a.well, a.correct::int, a.correct, a.consistency, a.repetition, a.repetition > 0.3,
  CASE WHEN a.tokens > 950 THEN 'cut_off' WHEN a.tokens < 60 THEN 'too_short' ELSE 'in_range' END,
  a.correct::int + a.well::int * 0.5, random() < 0.0005
FROM rollout_group g JOIN question q ON q.id = g.question_id CROSS JOIN generate_series(0, ${SAMPLES_PER_GROUP - 1}) AS s(n)
CROSS JOIN LATERAL (
  SELECT random() + g.seq * 0 + s.n * 0 < 0.66 AS correct, random() + s.n * 0 < 0.93 AS well,
         (40 + random() * 960 + s.n * 0)::int AS tokens, (random() ^ 4)::real + s.n * 0 AS repetition,
         CASE WHEN random() + s.n * 0 < 0.05 THEN 'inconsistent' WHEN random() < 0.2 THEN 'undetermined' ELSE 'consistent' END AS consistency
) a
WHERE g.project_id = $1
ORDER BY g.seq, s.n`;
const texts = `
INSERT INTO rollout_text (rollout_id, response)
SELECT id, '<think>' || repeat('The ball moves from the left to the right at ' || seq || ' and so on, as the frames show. ', 18)
  || 'So the answer is A.</think><answer>A</answer>' FROM rollout WHERE project_id = $1`;

/** Fills an empty, migrated database with about `rollouts` rollouts of one user's project. */
export const seedLists = async (
  client: Client,
  rolloutCount: number,
  shape: Partial<ListShape> = {},
): Promise<{ userId: string; projectId: string }> => {
  const [userId, projectId] = ['bench', randomUUID()];
  await client.query(people, [userId]);
  await client.query(projects, [projectId]);
  await client.query(members, [projectId, userId]);
  const each = { ...usual, ...shape };
  for (const text of [versions, runs(each.runs), iterations(each.iterations), sets, questions(each.questions)])
    await client.query(text, [projectId]);
  await client.query(groups(each.runs * each.iterations, each.questions), [
    projectId,
    Math.ceil(rolloutCount / SAMPLES_PER_GROUP),
  ]);
  for (const text of [rollouts, texts]) await client.query(text, [projectId]);
  await client.query('VACUUM ANALYZE');
  return { userId, projectId };
};
