import 'server-only';
import { pool } from '@/lib/data/db';

/** Fewer changed rows than this are left to autovacuum. */
const WORTH_ROWS = 10_000;

/**
 * Vacuums the rollouts after a change of many: lists and counts are read out of indexes alone only where no row was
 * touched since the last vacuum, and autovacuum comes minutes later.
 */
export const vacuumRollouts = async (changedRows: number): Promise<void> => {
  if (changedRows >= WORTH_ROWS) await pool.query('VACUUM (ANALYZE) rollout');
};
