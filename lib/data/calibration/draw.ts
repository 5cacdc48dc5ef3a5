import 'server-only';
/** Draws a stratified sample of verified rollouts for people to label. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { facetValue } from '@/lib/data/rollouts/facet-sql';
import { inTransaction } from '@/lib/data/transaction';
import { engineers, type Viewer } from '@/lib/data/viewer';
import { allocate } from '@/lib/domain/calibration/allocation';
import type { DrawRequest } from '@/lib/domain/calibration/sample';
import { createDraw, shuffled } from '@/lib/domain/pairs/random';
import { consistencySchema } from '@/lib/domain/verdict';
import { AppError } from '@/lib/errors';

const candidateSchema = z.object({
  id: z.uuid(),
  stratum: z.string(),
  consistency: consistencySchema,
  total: z.coerce.number().int(),
});
type Candidate = z.infer<typeof candidateSchema>;

/**
 * Of every stratum as many rollouts as the whole sample has, in the order of a hash of seed and id, so that the same
 * seed draws the same. A stratum is one kind of question under one standing, decided by the rules or by a judge.
 */
const candidatesSql = `
  WITH place AS (
    SELECT run.id, version.reading_id, version.judge_id FROM run
    JOIN verifier_version version ON version.id = run.verifier_version_id
    WHERE run.id = $1 AND run.project_id = $2
  ), judged AS (
    SELECT judgement.rollout_id FROM judgement JOIN place
      ON judgement.judge_id = place.judge_id AND judgement.reading_id = place.reading_id
    WHERE judgement.consistency <> 'undetermined'
  ), known AS (
    SELECT rollout.id, ${facetValue('rollout', 'consistency')} AS consistency,
           concat_ws(' ', ${facetValue('rollout', 'kind')}, ${facetValue('rollout', 'consistency')},
             CASE ${facetValue('rollout', 'correct')} WHEN 'yes' THEN 'correct' WHEN 'no' THEN 'wrong' ELSE 'unscored' END,
             CASE WHEN judged.rollout_id IS NULL THEN 'rules' ELSE 'judge' END) AS stratum,
           hashtextextended(rollout.id::text, $4::bigint) AS place_in_draw
    FROM rollout LEFT JOIN judged ON judged.rollout_id = rollout.id
    WHERE rollout.project_id = $2 AND rollout.run_id = (SELECT id FROM place)
      AND ($3::uuid IS NULL OR rollout.iteration_id = $3) AND rollout.consistency IS NOT NULL
      AND ($6::boolean OR rollout.correct IS NOT NULL)
  ), counted AS (
    SELECT stratum, count(*) AS total FROM known GROUP BY stratum
  ), ranked AS (
    SELECT id, stratum, consistency, place_in_draw,
           row_number() OVER (PARTITION BY stratum ORDER BY place_in_draw, id) AS rank
    FROM known
  )
  SELECT ranked.id, ranked.stratum, ranked.consistency, counted.total
  FROM ranked JOIN counted USING (stratum) WHERE ranked.rank <= $5
  ORDER BY ranked.stratum, ranked.rank`;

/** The items of the sample in the order in which they are shown: no run of alike ones, which would give them away. */
const choose = (candidates: readonly Candidate[], { size, seed }: DrawRequest): Candidate[] => {
  const strata = [...Map.groupBy(candidates, ({ stratum }) => stratum).entries()].map(([name, members]) => ({
    name,
    members,
    consistency: members[0]?.consistency ?? 'undetermined',
    total: members[0]?.total ?? 0,
  }));
  const taken = allocate(strata, size);
  return shuffled(
    strata.flatMap(({ members }, at) => members.slice(0, taken[at])),
    createDraw(seed),
  );
};

/** The project of a run that the viewer may draw from. Throws `not_found` for foreign runs and for reviewers. */
const requireRun = async (viewer: Viewer, { runId, iterationId }: DrawRequest): Promise<string> => {
  const { rows } = await pool.query(
    `SELECT run.project_id FROM run JOIN member ON member.project_id = run.project_id
     WHERE run.id = $1 AND member.user_id = $2 AND member.role = ANY($3) AND ($4::uuid IS NULL OR run.project_id = $4)
       AND ($5::uuid IS NULL OR EXISTS (SELECT 1 FROM iteration WHERE iteration.id = $5 AND iteration.run_id = run.id))`,
    [runId, viewer.userId, engineers, viewer.projectId ?? null, iterationId],
  );
  const found = z.array(z.object({ project_id: z.uuid() })).parse(rows)[0];
  if (!found) throw new AppError('not_found', 'Run not found, or your role there does not allow this');
  return found.project_id;
};

/** Whether the viewer may draw samples in any project: everybody else only labels. */
export const mayDraw = async ({ userId, projectId }: Viewer): Promise<boolean> =>
  (await db.member.findFirst({
    where: { userId, role: { in: [...engineers] }, ...(projectId ? { projectId } : {}) },
    select: { userId: true },
  })) !== null;

/**
 * Draws a sample and returns its id. Deterministic: the same seed over the same verdicts draws the same rollouts.
 *
 * @throws AppError `not_found` for foreign runs and for reviewers; `conflict` where no rollout has a verdict yet.
 */
export const drawSample = async (viewer: Viewer, request: DrawRequest): Promise<string> => {
  const projectId = await requireRun(viewer, request);
  const { runId, iterationId, seed, size, checks } = request;
  const { rows } = await pool.query(candidatesSql, [
    runId,
    projectId,
    iterationId,
    seed,
    size,
    checks.includes('consistency'),
  ]);
  const items = choose(z.array(candidateSchema).parse(rows), request);
  if (items.length === 0) {
    throw new AppError('conflict', 'No rollout here has a verdict to measure: verify the run first');
  }
  const id = randomUUID();
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO label_sample (id, project_id, run_id, iteration_id, seed, checks, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, projectId, runId, iterationId, seed, checks, viewer.userId],
    );
    await client.query(
      `INSERT INTO label_item (sample_id, position, rollout_id, stratum, stratum_total)
       SELECT $1, item.position, item.rollout_id, item.stratum, item.total
       FROM unnest($2::uuid[], $3::text[], $4::int[]) WITH ORDINALITY AS item (rollout_id, stratum, total, position)`,
      [id, items.map((item) => item.id), items.map(({ stratum }) => stratum), items.map(({ total }) => total)],
    );
    await notify({ projectId, topic: 'label', id }, client);
  });
  return id;
};
