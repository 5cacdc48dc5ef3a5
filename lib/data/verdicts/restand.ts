import 'server-only';
/**
 * Deciding anew what stored measures mean: under the run's version, with what its judge said and what people
 * corrected. No text is read, and rows that come out as they were are not written.
 */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { consistencySchema, type Standing, standingSchema } from '@/lib/domain/verdict';
import { accuracyThatCounts, applyCorrections } from '@/lib/domain/verifier/corrections';
import { decide } from '@/lib/domain/verifier/decide';
import { verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { foldCorrections } from './fold-corrections';

const BATCH_ROWS = 5_000;

const versionRow = z.object({
  run_id: z.string(),
  reading_id: z.string(),
  judge_id: z.string().nullable(),
  settings: verifierSettingsSchema,
});
type Version = z.infer<typeof versionRow>;

const rowSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  wellFormed: z.boolean(),
  cutOff: z.boolean(),
  accuracy: z.number().nullable(),
  consistency: consistencySchema,
  repetition: z.number(),
  thinkTokens: z.int(),
  judged: consistencySchema.nullable(),
  /** The rollout's columns hold other measures than these. */
  remeasured: z.boolean(),
  corrected: z.boolean(),
  /** The accuracy that counts now. */
  accuracyNow: z.number().nullable(),
  /** As it stands now; null where it never stood. */
  now: z.object(standingSchema.shape).nullable().catch(null),
});
const rowsSchema = z.array(rowSchema);

/**
 * Locked in the order of their ids, so that two of these never wait for each other in a circle. Verdicts are looked up
 * one by one (`OFFSET 0` keeps the planner from joining): it thinks that a new reading has a handful of them until they
 * are analyzed, and would walk all of them for every batch.
 */
const READ = `
  WITH locked AS MATERIALIZED (
    SELECT * FROM rollout WHERE id = ANY($1::uuid[]) AND run_id = $2 ORDER BY id FOR NO KEY UPDATE
  )
  SELECT r.id, r.kind, v.well_formed AS "wellFormed", v.cut_off AS "cutOff", v.accuracy, v.consistency, v.repetition,
         v.think_tokens AS "thinkTokens", j.consistency AS judged, r.corrected,
         (r.answer, r.think_tokens, r.token_source, r.repetition)
           IS DISTINCT FROM (v.answer, v.think_tokens, v.token_source, v.repetition) AS remeasured,
         r.accuracy AS "accuracyNow",
         jsonb_build_object('wellFormed', r.well_formed, 'correct', r.correct, 'consistency', r.consistency,
           'repetitive', r.repetitive, 'lengthClass', r.length_class, 'reward', r.reward) AS now
  FROM locked r
  JOIN LATERAL (SELECT * FROM verdict WHERE rollout_id = r.id AND reading_id = $3 OFFSET 0) v ON true
  LEFT JOIN LATERAL (
    SELECT consistency FROM judgement WHERE rollout_id = r.id AND reading_id = $3 AND judge_id = $4 OFFSET 0
  ) j ON true`;

const decisionRow = z.object({ rollout_id: z.string(), check: z.string(), action: z.string(), payload: z.unknown() });

const readCorrections = async (client: PoolClient, ids: readonly string[]) => {
  const { rows } = await client.query(
    'SELECT rollout_id, "check", action, payload FROM decision WHERE rollout_id = ANY($1::uuid[]) ORDER BY seq',
    [ids],
  );
  return Map.groupBy(z.array(decisionRow).parse(rows), (row) => row.rollout_id);
};

/** As `real` holds them: grades and rewards come back rounded. */
const isSameNumber = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.fround(a) === Math.fround(b);

const isSame = (a: Standing, b: Standing): boolean =>
  a.wellFormed === b.wellFormed &&
  a.correct === b.correct &&
  a.consistency === b.consistency &&
  a.repetitive === b.repetitive &&
  a.lengthClass === b.lengthClass &&
  isSameNumber(a.reward, b.reward);

type Stood = {
  readonly id: string;
  readonly standing: Standing;
  readonly accuracy: number | null;
  readonly corrected: boolean;
};

const write = async (client: PoolClient, readingId: string, stood: readonly Stood[]): Promise<void> => {
  await client.query(
    `UPDATE rollout r SET answer = v.answer, think_tokens = v.think_tokens, token_source = v.token_source,
            accuracy = new.accuracy, repetition = v.repetition, well_formed = new.well_formed, correct = new.correct,
            consistency = new.consistency, repetitive = new.repetitive, length_class = new.length_class,
            reward = new.reward, corrected = new.corrected
     FROM unnest($2::uuid[], $3::bool[], $4::bool[], $5::text[], $6::bool[], $7::text[], $8::real[], $9::bool[],
                 $10::real[])
            AS new (id, well_formed, correct, consistency, repetitive, length_class, reward, corrected, accuracy)
       JOIN LATERAL (SELECT * FROM verdict WHERE rollout_id = new.id AND reading_id = $1 OFFSET 0) v ON true
     WHERE r.id = new.id`,
    [
      readingId,
      stood.map(({ id }) => id),
      stood.map(({ standing }) => standing.wellFormed),
      stood.map(({ standing }) => standing.correct),
      stood.map(({ standing }) => standing.consistency),
      stood.map(({ standing }) => standing.repetitive),
      stood.map(({ standing }) => standing.lengthClass),
      stood.map(({ standing }) => standing.reward),
      stood.map(({ corrected }) => corrected),
      stood.map(({ accuracy }) => accuracy),
    ],
  );
};

const restandBatch = async (client: PoolClient, version: Version, ids: readonly string[]): Promise<number> => {
  const { run_id: runId, reading_id: readingId, judge_id: judgeId, settings } = version;
  const { rows } = await client.query(READ, [ids, runId, readingId, judgeId]);
  if (rows.length === 0) return 0;
  // After the lock: a correction that was being made is in here, or comes after this and decides anew itself.
  const acts = await readCorrections(client, ids);
  const changed = rowsSchema.parse(rows).flatMap((row): Stood[] => {
    const corrections = foldCorrections(acts.get(row.id) ?? []);
    const decided = decide(row, row.kind, settings);
    const standing = applyCorrections(decided, corrections, settings);
    const accuracy = accuracyThatCounts(row.accuracy, decided, standing);
    const corrected = corrections.length > 0;
    const isAsItWas =
      !row.remeasured &&
      row.corrected === corrected &&
      isSameNumber(row.accuracyNow, accuracy) &&
      row.now !== null &&
      isSame(row.now, standing);
    return isAsItWas ? [] : [{ id: row.id, standing, accuracy, corrected }];
  });
  if (changed.length > 0) await write(client, readingId, changed);
  return changed.length;
};

const readVersions = async (client: PoolClient, ids: readonly string[]): Promise<Version[]> => {
  const { rows } = await client.query(
    `SELECT run.id AS run_id, version.reading_id, version.judge_id, version.settings
     FROM run JOIN verifier_version version ON version.id = run.verifier_version_id
     WHERE run.id IN (SELECT run_id FROM rollout WHERE id = ANY($1::uuid[]))`,
    [ids],
  );
  return rows.map((row) => versionRow.parse(row));
};

/**
 * Decides the standing of these rollouts anew from stored verdicts (of the reading of their run's version), judgements
 * of that version's judge, and corrections. In one transaction of the caller's client. Rollouts without a verdict are
 * left alone. Returns how many changed.
 */
export const restandRollouts = async (client: PoolClient, rolloutIds: readonly string[]): Promise<number> => {
  const ids = [...new Set(rolloutIds)].sort();
  let changed = 0;
  for (let at = 0; at < ids.length; at += BATCH_ROWS) {
    const batch = ids.slice(at, at + BATCH_ROWS);
    for (const version of await readVersions(client, batch)) {
      changed += await restandBatch(client, version, batch);
    }
  }
  return changed;
};
