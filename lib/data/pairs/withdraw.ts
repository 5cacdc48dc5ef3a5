import 'server-only';
/** Taking proposals back that verdicts no longer carry and that nobody has said anything about. */
import { notify } from '@/lib/data/events';
import { inTransaction } from '@/lib/data/transaction';
import { isStale, staleJoins } from './stale';

/**
 * Removes the undecided pairs of an iteration whose rule no longer holds and that no act of a person or policy touches,
 * also none that was undone: acts are kept for ever, and their pairs with them. Returns how many.
 */
export const withdrawStale = (iterationId: string): Promise<number> =>
  inTransaction(async (client) => {
    // Locked first: an act on one of them comes before, and is seen below, or waits and finds the pair gone.
    const { rows } = await client.query<{ id: string; project_id: string }>(
      `SELECT p.id, p.project_id FROM pair p ${staleJoins}
       WHERE p.iteration_id = $1 AND p.state = 'proposed' AND p.skips = 0 AND p.last_decision_seq IS NULL AND ${isStale}
       ORDER BY p.id FOR UPDATE OF p`,
      [iterationId],
    );
    const [first] = rows;
    if (!first) return 0;
    const { rowCount } = await client.query(
      `DELETE FROM pair WHERE id = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM decision WHERE pair_id = pair.id)`,
      [rows.map(({ id }) => id)],
    );
    await notify({ projectId: first.project_id, topic: 'pair', id: iterationId }, client);
    return rowCount ?? 0;
  });
