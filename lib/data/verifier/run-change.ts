import 'server-only';
/** What moving a run to another version would come to, before it is done. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { asProposed, staleJoins } from '@/lib/data/pairs/stale';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import type { Side } from '@/lib/domain/pairs/holds';
import { countFlipped } from '@/lib/domain/verifier/what-if/flips';
import type { RunChange } from '@/lib/domain/verifier/what-if/run-change';
import type { Snapshot } from '@/lib/domain/verifier/what-if/snapshot';
import { standAll } from '@/lib/domain/verifier/what-if/stand';
import { standings } from '@/lib/domain/verifier/what-if/standing-code';
import { AppError } from '@/lib/errors';
import { breachUnder, ruledPairColumns, ruledPairShape } from './pair-breach';
import { keptScores } from './score-cache';
import { getWhatIfTarget, type WhatIfTarget } from './what-if-target';

const pairSchema = z.object({
  decided: z.boolean(),
  as_proposed: z.boolean(),
  ...ruledPairShape,
});
type Pair = z.infer<typeof pairSchema>;

const readPairs = async ({ runId, projectId }: WhatIfTarget): Promise<Pair[]> => {
  const { rows } = await pool.query(
    `SELECT p.state <> 'proposed' AS decided, (${asProposed}) AS as_proposed, ${ruledPairColumns}
     FROM pair p ${staleJoins} WHERE p.run_id = $1 AND p.project_id = $2`,
    [runId, projectId],
  );
  return z.array(pairSchema).parse(rows);
};

/** As lib/data/pairs/stale.ts says it of the standings in force, here of those that would be. */
const countStale = (pairs: readonly Pair[], snapshot: Snapshot, codes: Uint8Array) => {
  const wanted = new Set(pairs.flatMap(({ good, bad }) => [good, bad]));
  const sides = new Map<number, Side>();
  snapshot.seqs.forEach((seq, row) => {
    const standing = wanted.has(seq) ? standings[codes[row] ?? 0] : undefined;
    if (standing) sides.set(seq, { standing, thinkTokens: snapshot.thinkTokens[row] ?? 0 });
  });
  const stale = pairs.filter((pair) => pair.as_proposed && breachUnder(pair, (seq) => sides.get(seq)) !== null);
  const decided = stale.filter((pair) => pair.decided).length;
  return { decided, undecided: stale.length - decided };
};

/**
 * Compares the standing of a run with what it would be under another version.
 *
 * @throws AppError `not_found` for foreign runs and versions, too.
 */
export const getRunChange = async (viewer: Viewer, runId: string, versionId: string): Promise<RunChange> => {
  const run = await db.run.findFirst({
    where: { id: runId, ...visibleTo(viewer) },
    select: { verifierVersionId: true },
  });
  if (!run) throw new AppError('not_found', 'Run not found');
  const asked = { runId, iterationId: null };
  const [from, to] = await Promise.all([
    getWhatIfTarget(viewer, { ...asked, versionId: run.verifierVersionId }),
    getWhatIfTarget(viewer, { ...asked, versionId }),
  ]);
  const [{ snapshot, unread }, pairs] = await Promise.all([keptScores(from), readPairs(from)]);
  const rollouts = snapshot.seqs.length + unread;
  if (from.readingId !== to.readingId || from.judgeId !== to.judgeId) {
    return { reads: true, rollouts, flipped: null, pairs: pairs.length, stale: null };
  }
  const [before, after] = [standAll(snapshot, from.settings), standAll(snapshot, to.settings)];
  return {
    reads: false,
    rollouts,
    flipped: countFlipped(before.codes, after.codes),
    pairs: pairs.length,
    stale: countStale(pairs, snapshot, after.codes),
  };
};
