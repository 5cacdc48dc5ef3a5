import 'server-only';
/** Freezing: the approved pairs of an iteration become a numbered set that never changes. */
import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { isStale, staleJoins } from '@/lib/data/pairs/stale';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { pairTypeSchema, pairTypes } from '@/lib/domain/pair';
import { createManifest, type ManifestPair, serializeManifest } from '@/lib/domain/pairs/manifest';
import { AppError } from '@/lib/errors';

export const freezeSchema = z.object({
  iterationId: z.uuid(),
  /** Which types go in; all by default. */
  types: z
    .array(pairTypeSchema)
    .min(1)
    .default([...pairTypes]),
  /** The person has seen how many pairs are undecided and freezes without them. */
  leaveUndecided: z.boolean().default(false),
  /** Approved pairs whose rule no longer holds stay out. */
  leaveStale: z.boolean().default(false),
});
export type FreezeRequest = z.input<typeof freezeSchema>;

type Target = { readonly projectId: string; readonly runId: string; readonly runName: string; readonly k: number };

const requireTarget = async (viewer: Viewer, iterationId: string): Promise<Target> => {
  const row = await db.iteration.findFirst({
    where: { id: iterationId, ...visibleTo(viewer, engineers) },
    select: { k: true, projectId: true, run: { select: { id: true, name: true } } },
  });
  if (!row) throw new AppError('not_found', 'Iteration not found, or your role does not allow freezing pairs');
  return { projectId: row.projectId, k: row.k, runId: row.run.id, runName: row.run.name };
};

const PAIRS_PER_BATCH = 500;
const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const pairRow = z.object({
  id: z.uuid(),
  type: pairTypeSchema,
  question_id: z.uuid(),
  edited: z.boolean(),
  number: z.int(),
  chosen: z.string(),
  rejected: z.string(),
});
type Which = { readonly types: readonly (typeof pairTypes)[number][]; readonly leaveStale: boolean };
type Read = { readonly pairs: ManifestPair[]; readonly versions: Set<number> };

/** The approved pairs by id, hashed batch by batch: texts never lie in memory together. */
const readApproved = async (client: PoolClient, iterationId: string, { types, leaveStale }: Which): Promise<Read> => {
  const pairs: ManifestPair[] = [];
  const versions = new Set<number>();
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await client.query(
      `SELECT p.id, p.type, p.question_id, p.edited, v.number, t.chosen, t.rejected
       FROM pair p JOIN pair_text t ON t.pair_id = p.id JOIN verifier_version v ON v.id = p.verifier_version_id
            ${leaveStale ? staleJoins : ''}
       WHERE p.iteration_id = $1 AND p.state = 'approved' AND p.type = ANY($2) AND p.id > $3
         ${leaveStale ? `AND NOT ${isStale}` : ''}
       ORDER BY p.id LIMIT ${PAIRS_PER_BATCH}`,
      [iterationId, types, after],
    );
    for (const raw of rows) {
      const { id, type, question_id, edited, number, chosen, rejected } = pairRow.parse(raw);
      pairs.push({
        id,
        type,
        questionId: question_id,
        edited,
        chosenSha256: hashOf(chosen),
        rejectedSha256: hashOf(rejected),
      });
      versions.add(number);
      after = id;
    }
    if (rows.length < PAIRS_PER_BATCH) return { pairs, versions };
  }
};

const countUndecided = async (client: PoolClient, iterationId: string, types: readonly string[]): Promise<number> => {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) AS count FROM pair WHERE iteration_id = $1 AND state = 'proposed' AND type = ANY($2)`,
    [iterationId, types],
  );
  return Number(rows[0]?.count ?? 0);
};

const reviewerRow = z.object({ id: z.string(), name: z.string(), decisions: z.coerce.number() });

const readReviewers = async (client: PoolClient, pairIds: readonly string[]) => {
  const { rows } = await client.query(
    `SELECT coalesce(u.id, 'policy:' || d.policy, 'gone') AS id, coalesce(u.name, d.policy, 'Someone who is no longer here') AS name,
            count(*) AS decisions
     FROM decision d LEFT JOIN "user" u ON u.id = d.actor_id
     WHERE d.pair_id = ANY($1::uuid[]) GROUP BY 1, 2`,
    [pairIds],
  );
  return rows.map((row) => reviewerRow.parse(row));
};

const plural = (count: number): string => (count === 1 ? '1 pair is' : `${count} pairs are`);

/**
 * Freezes the approved pairs into the project's next number and returns it. One consistent look at the database: a
 * decision made meanwhile is in the set wholly or not at all. Engineers only. Throws `not_found` for foreign
 * iterations, `conflict` in words when nothing is approved, or when pairs are undecided and that was not said to be
 * fine.
 */
export const freezePairSet = async (viewer: Viewer, input: FreezeRequest): Promise<{ id: string; number: number }> => {
  const { iterationId, types, leaveUndecided, leaveStale } = freezeSchema.parse(input);
  const target = await requireTarget(viewer, iterationId);
  const wanted = pairTypes.filter((type) => types.includes(type));
  return whileFreezing(target.projectId, (client) =>
    freeze(client, viewer, target, iterationId, { types: wanted, leaveStale }, leaveUndecided),
  );
};

/**
 * The loop's freezing, once for each time that pairs are proposed: the set and the iteration that will learn from it
 * are written together, so that a kill leaves both or neither. Does nothing when the iteration has its set, or no
 * longer curates. Throws as `freezePairSet` does; `conflict` too when a person took a decision back a moment ago.
 */
export const freezeForLoop = async (viewer: Viewer, iterationId: string): Promise<void> => {
  const target = await requireTarget(viewer, iterationId);
  await whileFreezing(target.projectId, async (client) => {
    const { rowCount } = await client.query(
      `SELECT FROM iteration
       WHERE id = $1 AND state = 'curate' AND NOT cancel_requested AND pair_set_id IS NULL FOR NO KEY UPDATE`,
      [iterationId],
    );
    if (rowCount === 0) return;
    const { id } = await freeze(client, viewer, target, iterationId, { types: pairTypes, leaveStale: false }, false);
    await client.query('UPDATE iteration SET pair_set_id = $2 WHERE id = $1', [iterationId, id]);
    await notify({ projectId: target.projectId, topic: 'iteration', id: iterationId }, client);
  });
};

/** Runs `work` in a transaction that sees one moment, while nobody else of the project freezes. */
const whileFreezing = async <T>(projectId: string, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // The lock lies outside the transaction: its snapshot must be younger than the set frozen before it.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`veripo.freeze.${projectId}`]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const result = await work(client);
    await client.query('COMMIT');
    await client.query('SELECT pg_advisory_unlock_all()');
    return result;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error)); // closing it rolls back and unlocks
    throw error;
  } finally {
    client.release(broken);
  }
};

const freeze = async (
  client: PoolClient,
  viewer: Viewer,
  target: Target,
  iterationId: string,
  which: Which,
  leaveUndecided: boolean,
): Promise<{ id: string; number: number }> => {
  const { types, leaveStale } = which;
  const undecided = await countUndecided(client, iterationId, types);
  const { pairs, versions } = await readApproved(client, iterationId, which);
  if (pairs.length === 0) {
    throw new AppError(
      'conflict',
      leaveStale
        ? 'Every approved pair is stale: decide them again, or let them in'
        : 'No pair is approved yet: approve at least one before you freeze',
    );
  }
  if (undecided > 0 && !leaveUndecided) {
    throw new AppError('conflict', `${plural(undecided)} still undecided: decide them, or say that they stay out`);
  }
  const { rows } = await client.query<{ number: number }>(
    'SELECT coalesce(max(number), 0) + 1 AS number FROM pair_set WHERE project_id = $1',
    [target.projectId],
  );
  const number = rows[0]?.number ?? 1;
  const numbers = [...versions].sort((a, b) => a - b);
  const manifest = createManifest({
    number,
    filters: {
      run: target.runName,
      iteration: target.k,
      state: 'approved',
      types: [...types],
      verifierVersions: numbers,
      ...(leaveStale ? { stale: 'left out' } : {}),
    },
    verifierVersion: numbers.at(-1) ?? 0,
    reviewers: await readReviewers(
      client,
      pairs.map(({ id }) => id),
    ),
    pairs,
  });
  const text = serializeManifest(manifest);
  const id = randomUUID();
  await client.query(
    `INSERT INTO pair_set (id, project_id, run_id, iteration_id, number, pair_count, sha256, manifest, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, target.projectId, target.runId, iterationId, number, pairs.length, hashOf(text), text, viewer.userId],
  );
  await client.query(
    `INSERT INTO pair_set_item (pair_set_id, position, pair_id, question_id, type, chosen, rejected)
     SELECT $1, row_number() OVER (ORDER BY p.id), p.id, p.question_id, p.type, t.chosen, t.rejected
     FROM pair p JOIN pair_text t ON t.pair_id = p.id WHERE p.id = ANY($2::uuid[])`,
    [id, pairs.map((pair) => pair.id)],
  );
  return { id, number };
};
