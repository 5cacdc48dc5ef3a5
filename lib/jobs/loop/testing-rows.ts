/** For `*.db.test.ts` only: what an iteration left behind, without ids and times, so that two of them can be compared. */
import { pool } from '@/lib/data/db';

const read = async (sql: string, iterationId: string): Promise<Record<string, unknown>[]> =>
  (await pool.query<Record<string, unknown>>(sql, [iterationId])).rows;

const readText = async (sql: string, iterationId: string): Promise<string[]> =>
  (await read(sql, iterationId)).map(({ text }) => String(text));

/** Everything that the loop writes for an iteration, in an order that ids have no part in. */
export const readFinalRows = async (iterationId: string) => ({
  iteration: await read(
    'SELECT k, state, failed_stage, failed_reason, waiting_for FROM iteration WHERE id = $1',
    iterationId,
  ),
  jobs: await read(
    `SELECT kind, stage, state, attempt, step, steps, data_count, rollouts, last_event_seq, error, superseded_at, resume_requested
     FROM job WHERE iteration_id = $1 ORDER BY created_at`,
    iterationId,
  ),
  rollouts: await read(
    `SELECT q.key, g.stage, g.step, r.sample_index, t.response, r.answer, r.correct, r.consistency, r.reward, r.think_tokens,
            (SELECT count(*)::int FROM verdict v WHERE v.rollout_id = r.id) AS verdicts
     FROM rollout r JOIN rollout_group g ON g.id = r.group_id JOIN rollout_text t ON t.rollout_id = r.id
     JOIN question q ON q.id = r.question_id WHERE r.iteration_id = $1 ORDER BY 1, 2, 3, 4, 5`,
    iterationId,
  ),
  groups: await read('SELECT count(*)::int FROM rollout_group WHERE iteration_id = $1', iterationId),
  pairs: (
    await read(
      `SELECT q.key AS question, p.type, p.state, t.chosen, t.rejected,
              (SELECT count(*)::int FROM decision d WHERE d.pair_id = p.id) AS decisions
       FROM pair p JOIN pair_text t ON t.pair_id = p.id JOIN question q ON q.id = p.question_id
       WHERE p.iteration_id = $1 ORDER BY 1, 2, 4, 5`,
      iterationId,
    )
  ).map((row) => ({ ...row, question: String(row.question) })),
  deciders: await readText(
    `SELECT DISTINCT d.policy AS text FROM decision d JOIN pair p ON p.id = d.pair_id WHERE p.iteration_id = $1`,
    iterationId,
  ),
  pairSets: await read(
    `SELECT s.number, s.pair_count, s.id = i.pair_set_id AS learnt_from,
            (SELECT count(*)::int FROM pair_set_item item WHERE item.pair_set_id = s.id) AS items
     FROM pair_set s JOIN iteration i ON i.id = s.iteration_id WHERE s.iteration_id = $1 ORDER BY 1`,
    iterationId,
  ),
  metrics: await read(
    `SELECT j.kind, m.phase, m.step, m.values FROM job_metric m JOIN job j ON j.id = m.job_id
     WHERE j.iteration_id = $1 ORDER BY 1, 2, 3`,
    iterationId,
  ),
  /** Newest weights last, each with what it came from. */
  lineage: await readText(
    `SELECT c.stage || ' ' || c.step || ' of ' || p.stage || ' ' || p.step AS text
     FROM checkpoint c JOIN checkpoint p ON p.id = c.parent_id WHERE c.iteration_id = $1 ORDER BY c.created_at`,
    iterationId,
  ),
  dropped: await readText(
    `SELECT q.key AS text FROM curriculum_drop d JOIN question q ON q.id = d.question_id
     WHERE d.iteration_id = $1 ORDER BY 1`,
    iterationId,
  ),
  /** Reward tokens of its jobs that still open the API. */
  openTokens: Number(
    (
      await read(
        `SELECT count(*)::int AS n FROM api_token t JOIN job j ON t.name = 'job ' || j.id
         WHERE j.iteration_id = $1 AND t.revoked_at IS NULL`,
        iterationId,
      )
    )[0]?.n,
  ),
});
