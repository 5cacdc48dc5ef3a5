import 'server-only';
/** Draws a stratified sample of verified rollouts for people to label. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { inTransaction } from '@/lib/data/transaction';
import { engineers, type Viewer } from '@/lib/data/viewer';
import { allocate } from '@/lib/domain/calibration/allocation';
import type { DrawRequest } from '@/lib/domain/calibration/sample';
import { createDraw, shuffled } from '@/lib/domain/pairs/random';
import { facetDigits, readFacetCode } from '@/lib/domain/rollouts/facet-code';
import { AppError } from '@/lib/errors';

const candidateSchema = z.object({
  id: z.uuid(),
  cell: z.int(),
  judged: z.boolean(),
  total: z.coerce.number().int(),
});
type Candidate = z.infer<typeof candidateSchema>;

/** Kind, correctness and consistency are neighbours in the facet code: one number tells all three. */
const { kind, correct, consistency } = facetDigits;
const cellSql = `rollout.facet_code / ${consistency.weight} % ${kind.values.length * correct.values.length * consistency.values.length}`;
const correctWords: Readonly<Record<string, string>> = { yes: 'correct', no: 'wrong' };

/** A stratum is one kind of question under one standing, decided by the rules or by a judge. */
const stratumOf = ({ cell, judged }: Candidate) => {
  const facets = readFacetCode(cell * consistency.weight);
  const right = correctWords[facets.correct] ?? 'unscored';
  return {
    name: `${facets.kind} ${facets.consistency} ${right} ${judged ? 'judge' : 'rules'}`,
    consistency: facets.consistency,
  };
};

/**
 * Of every stratum as many rollouts as the whole sample has, in the order of a hash of seed and id, so that the same
 * seed draws the same. Only numbers are sorted: by their names, 200,000 rollouts would take three times as long.
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
    SELECT rollout.id, ${cellSql} AS cell, judged.rollout_id IS NOT NULL AS judged,
           uuid_hash_extended(rollout.id, $4::bigint) AS place_in_draw
    FROM rollout LEFT JOIN judged ON judged.rollout_id = rollout.id
    WHERE rollout.project_id = $2 AND rollout.run_id = (SELECT id FROM place)
      AND ($3::uuid IS NULL OR rollout.iteration_id = $3) AND rollout.consistency IS NOT NULL
      AND ($6::boolean OR rollout.correct IS NOT NULL)
  ), counted AS (
    SELECT cell, judged, count(*) AS total FROM known GROUP BY cell, judged
  ), ranked AS (
    SELECT id, cell, judged,
           row_number() OVER (PARTITION BY cell, judged ORDER BY place_in_draw) AS rank
    FROM known
  )
  SELECT ranked.id, ranked.cell, ranked.judged, counted.total
  FROM ranked JOIN counted USING (cell, judged) WHERE ranked.rank <= $5
  ORDER BY ranked.cell, ranked.judged, ranked.rank`;

type Chosen = { readonly id: string; readonly stratum: string; readonly total: number };

/** The items of the sample in the order in which they are shown: no run of alike ones, which would give them away. */
const choose = (candidates: readonly Candidate[], { size, seed }: DrawRequest): Chosen[] => {
  const strata = [...Map.groupBy(candidates, ({ cell, judged }) => cell * 2 + Number(judged)).values()].flatMap(
    (members) => {
      const [first] = members;
      return first ? [{ ...stratumOf(first), members, total: first.total }] : [];
    },
  );
  const taken = allocate(strata, size);
  return shuffled(
    strata.flatMap(({ name, total, members }, at) =>
      members.slice(0, taken[at]).map(({ id }) => ({ id, stratum: name, total })),
    ),
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
