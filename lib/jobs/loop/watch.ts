import 'server-only';
/** While a step takes its time: whether the iteration is still where the step began, or somebody wants it to end. */
import { pool } from '@/lib/data/db';
import type { MovingState } from '@/lib/domain/loop/stages';
import { log } from '@/lib/log';

const POLL_MS = 1_000;

type Watched = { readonly signal: AbortSignal; readonly stop: () => void };

/**
 * A signal that aborts when the iteration leaves `state`, and, unless `toTheEnd`, when its end is asked for. A database
 * that does not answer is no news.
 */
export const watchIteration = (iterationId: string, state: MovingState, toTheEnd: boolean): Watched => {
  const moved = new AbortController();
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      const { rowCount } = await pool.query(
        'SELECT FROM iteration WHERE id = $1 AND state = $2 AND ($3 OR NOT cancel_requested)',
        [iterationId, state, toTheEnd],
      );
      if (rowCount === 0) moved.abort(new Error('the iteration has moved on'));
    } catch (error) {
      log.debug({ err: error, iteration: iterationId }, 'watching an iteration failed');
    }
    asking = false;
  };
  const timer = setInterval(() => void ask(), POLL_MS);
  return { signal: moved.signal, stop: () => clearInterval(timer) };
};
