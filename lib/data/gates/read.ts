import 'server-only';
/** How far the curate gate of an iteration is from opening, for the loop and for screens. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { GateStatus } from '@/lib/domain/iteration';
import { gateStatusOf, type PairTotals, pairsToReview, type SampleTotals } from '@/lib/domain/loop/gate';
import type { Gate } from '@/lib/domain/loop/plan';

const totalsSchema = z.object({
  proposed: z.coerce.number(),
  approved: z.coerce.number(),
  rejected: z.coerce.number(),
});

const readTotals = async (projectId: string, iterationId: string): Promise<PairTotals> => {
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE state = 'proposed') AS proposed, count(*) FILTER (WHERE state = 'approved') AS approved,
            count(*) FILTER (WHERE state = 'rejected') AS rejected
     FROM pair WHERE iteration_id = $1 AND project_id = $2`,
    [iterationId, projectId],
  );
  return totalsSchema.parse(rows[0]);
};

const stateRow = z.object({ id: z.string(), undecided: z.boolean() });

/**
 * The pairs that a person has to decide under `review_sample`, and how many of them nobody has; none under the other
 * policies, which need no draw. Reads the ids of all pairs of the iteration.
 */
export const readSample = async (
  projectId: string,
  iterationId: string,
  gate: Gate,
  seed: number,
): Promise<SampleTotals & { readonly ids: readonly string[] }> => {
  if (gate.policy !== 'review_sample') return { ids: [], drawn: 0, undecided: 0 };
  const { rows } = await pool.query(
    `SELECT id, state = 'proposed' AS undecided FROM pair WHERE iteration_id = $1 AND project_id = $2`,
    [iterationId, projectId],
  );
  const undecided = new Map(rows.map((row) => stateRow.parse(row)).map((row) => [row.id, row.undecided]));
  const ids = pairsToReview(gate, [...undecided.keys()], seed);
  return { ids, drawn: ids.length, undecided: ids.filter((id) => undecided.get(id)).length };
};

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
  const [totals, sample] = await Promise.all([
    readTotals(projectId, iterationId),
    readSample(projectId, iterationId, gate, seed),
  ]);
  return gateStatusOf(gate, totals, sample);
};
