import 'server-only';
/** Samples with their progress. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { foldLabels, labelCheckSchema, labelValueSchema } from '@/lib/domain/calibration/label';
import {
  type ItemPlace,
  type OwnLabels,
  type SampleDetail,
  type SampleSummary,
  sampleDetailSchema,
  sampleSummarySchema,
} from '@/lib/domain/calibration/sample';
import { AppError } from '@/lib/errors';
import { askedOf } from './place';

const MAX_SAMPLES = 200;

const rowSchema = sampleSummarySchema.extend({ seed: z.coerce.number(), createdAt: z.date() });

/** `$1` and `$2` say who asks, `$3` which sample, or null for all. */
const summarySql = `
  WITH mine AS (
    SELECT sample.*, run.name AS run_name, iteration.k, author.name AS author FROM label_sample sample
    JOIN run ON run.id = sample.run_id LEFT JOIN iteration ON iteration.id = sample.iteration_id
    LEFT JOIN "user" author ON author.id = sample.created_by
    WHERE sample.project_id IN ${visibleProjects} AND ($3::uuid IS NULL OR sample.id = $3)
    ORDER BY sample.created_at DESC, sample.id LIMIT ${MAX_SAMPLES}
  ), latest AS (
    SELECT DISTINCT ON (label.sample_id, label.rollout_id, label."check", label.actor_id)
           label.sample_id, label.rollout_id, label.actor_id, label.value
    FROM label WHERE label.sample_id IN (SELECT id FROM mine)
    ORDER BY label.sample_id, label.rollout_id, label."check", label.actor_id, label.seq DESC
  ), given AS (
    SELECT sample_id, rollout_id, count(*) FILTER (WHERE actor_id = $1) AS own FROM latest
    WHERE value IS NOT NULL GROUP BY sample_id, rollout_id
  )
  SELECT mine.id, mine.run_id AS "runId", mine.run_name AS "runName", mine.k, mine.seed, mine.checks, mine.author,
         mine.created_at AS "createdAt", counted.items, counted.labelled, counted.mine,
         (SELECT count(DISTINCT latest.actor_id)::int FROM latest
          WHERE latest.sample_id = mine.id AND latest.value IS NOT NULL) AS people
  FROM mine CROSS JOIN LATERAL (
    SELECT count(*)::int AS items, count(given.rollout_id)::int AS labelled,
           count(*) FILTER (WHERE given.own > 0 AND given.own = cardinality(mine.checks)
             - CASE WHEN 'accuracy' = ANY(mine.checks) AND question.truth = '' THEN 1 ELSE 0 END)::int AS mine
    FROM label_item item JOIN rollout ON rollout.id = item.rollout_id
    JOIN question ON question.id = rollout.question_id
    LEFT JOIN given ON given.sample_id = item.sample_id AND given.rollout_id = item.rollout_id
    WHERE item.sample_id = mine.id
  ) AS counted ORDER BY mine.created_at DESC, mine.id`;

const readSummaries = async (viewer: Viewer, sampleId: string | null): Promise<SampleSummary[]> => {
  const { rows } = await pool.query(summarySql, [...projectValues(viewer), sampleId]);
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ createdAt, ...rest }) => ({ ...rest, createdAt: createdAt.toISOString() }));
};

/** The newest 200, newest first. */
export const listSamples = (viewer: Viewer): Promise<SampleSummary[]> => readSummaries(viewer, null);

const placeRowSchema = z.object({ rolloutId: z.uuid(), position: z.int(), hasTruth: z.boolean() });
const ownActSchema = z.object({ rolloutId: z.uuid(), check: labelCheckSchema, value: labelValueSchema.nullable() });

/** The viewer's own labels in force of a sample, by rollout. Ask only for a sample that the viewer may see. */
export const readOwnLabels = async (viewer: Viewer, sampleId: string): Promise<Map<string, OwnLabels>> => {
  const { rows } = await pool.query(
    `SELECT rollout_id AS "rolloutId", "check", value FROM label WHERE sample_id = $1 AND actor_id = $2 ORDER BY seq`,
    [sampleId, viewer.userId],
  );
  const acts = z.array(ownActSchema).parse(rows);
  const byRollout = new Map<string, OwnLabels>();
  for (const { rolloutId, check, value, changed } of foldLabels(
    acts.map((act) => ({ ...act, person: viewer.userId })),
  )) {
    byRollout.set(rolloutId, { ...byRollout.get(rolloutId), [check]: { value, changed } });
  }
  return byRollout;
};

/** A sample with its items in order and what the viewer has said of each. Throws `not_found` for foreign samples too. */
export const getSample = async (viewer: Viewer, sampleId: string): Promise<SampleDetail> => {
  const summary = (await readSummaries(viewer, sampleId))[0];
  if (!summary) throw new AppError('not_found', 'Sample not found');
  const [{ rows }, own] = await Promise.all([
    pool.query(
      `SELECT item.rollout_id AS "rolloutId", item.position, question.truth <> '' AS "hasTruth"
       FROM label_item item JOIN label_sample sample ON sample.id = item.sample_id
       JOIN rollout ON rollout.id = item.rollout_id JOIN question ON question.id = rollout.question_id
       WHERE sample.project_id IN ${visibleProjects} AND item.sample_id = $3 ORDER BY item.position`,
      [...projectValues(viewer), sampleId],
    ),
    readOwnLabels(viewer, sampleId),
  ]);
  const places = z
    .array(placeRowSchema)
    .parse(rows)
    .map(
      ({ rolloutId, position, hasTruth }): ItemPlace => ({
        position,
        asked: askedOf(summary.checks, hasTruth),
        mine: own.get(rolloutId) ?? {},
      }),
    );
  return sampleDetailSchema.parse({ ...summary, places });
};
