import 'server-only';
/** How far the curate gate of an iteration is from opening, for the loop and for screens. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { GateStatus } from '@/lib/domain/iteration';
import { gateStatusOf, pairsToReview, type SampleTotals } from '@/lib/domain/loop/gate';
import type { Gate } from '@/lib/domain/loop/plan';

const totalsSchema = z.object({
  proposed: z.coerce.number(),
  approved: z.coerce.number(),
  rejected: z.coerce.number(),
  /** Of the newest pair. */
  last: z.string(),
});
type Totals = z.infer<typeof totalsSchema>;

const readTotals = async (projectId: string, iterationId: string): Promise<Totals> => {
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE state = 'proposed') AS proposed, count(*) FILTER (WHERE state = 'approved') AS approved,
            count(*) FILTER (WHERE state = 'rejected') AS rejected, coalesce(max(seq), 0)::text AS last
     FROM pair WHERE iteration_id = $1 AND project_id = $2`,
    [iterationId, projectId],
  );
  return totalsSchema.parse(rows[0]);
};

/** Samples drawn before. Screens ask many times a second while people decide, and a draw reads and hashes every id. */
const drawn = new Map<string, readonly string[]>();
const MAX_DRAWN = 16;

const idRow = z.object({ id: z.string() });

/** Pairs only ever come to an iteration, so their number and the newest of them say whether they are still the same. */
const draw = async (
  projectId: string,
  iterationId: string,
  gate: Extract<Gate, { policy: 'review_sample' }>,
  seed: number,
  { proposed, approved, rejected, last }: Totals,
): Promise<readonly string[]> => {
  const name = [projectId, iterationId, gate.count, seed, proposed + approved + rejected, last].join(' ');
  const known = drawn.get(name);
  if (known) return known;
  const { rows } = await pool.query('SELECT id FROM pair WHERE iteration_id = $1 AND project_id = $2 AND seq <= $3', [
    iterationId,
    projectId,
    last,
  ]);
  const ids = pairsToReview(
    gate,
    rows.map((row) => idRow.parse(row).id),
    seed,
  );
  if (drawn.size >= MAX_DRAWN) drawn.clear();
  drawn.set(name, ids);
  return ids;
};

type Sample = SampleTotals & { readonly ids: readonly string[] };
const NO_SAMPLE: Sample = { ids: [], drawn: 0, undecided: 0 };

const sampleOf = async (
  projectId: string,
  iterationId: string,
  gate: Gate,
  seed: number,
  totals: Totals,
): Promise<Sample> => {
  if (gate.policy !== 'review_sample') return NO_SAMPLE;
  const ids = await draw(projectId, iterationId, gate, seed, totals);
  const { rowCount } = await pool.query(`SELECT FROM pair WHERE id = ANY($1::uuid[]) AND state = 'proposed'`, [ids]);
  return { ids, drawn: ids.length, undecided: rowCount ?? 0 };
};

/**
 * The pairs that a person has to decide under `review_sample`, and how many of them nobody has; none under the other
 * policies, which need no draw. The first time it reads the ids of all pairs of the iteration.
 */
export const readSample = async (projectId: string, iterationId: string, gate: Gate, seed: number): Promise<Sample> =>
  gate.policy === 'review_sample'
    ? sampleOf(projectId, iterationId, gate, seed, await readTotals(projectId, iterationId))
    : NO_SAMPLE;

/**
 * The gate as it stands. Pairs that were skipped, or whose decision was undone, are undecided. Ask when every pair is
 * proposed: before that the sample may still change.
 */
export const readGate = async (
  projectId: string,
  iterationId: string,
  gate: Gate,
  seed: number,
): Promise<GateStatus> => {
  const totals = await readTotals(projectId, iterationId);
  const { last: _, ...counts } = totals;
  return gateStatusOf(gate, counts, await sampleOf(projectId, iterationId, gate, seed, totals));
};
