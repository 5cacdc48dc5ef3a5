import 'server-only';
/** What people corrected in the rollouts of a run. There are few, so they are read anew each time. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { foldCorrections } from '@/lib/data/verdicts/fold-corrections';
import type { Correction } from '@/lib/domain/verifier/corrections';
import type { WhatIfTarget } from './what-if-target';

const actSchema = z.object({
  decision: z.string(),
  rollout: z.coerce.number(),
  check: z.string(),
  action: z.string(),
  payload: z.unknown(),
});

export type ScoreCorrections = {
  /** Changes when an act is added. */
  readonly stamp: string;
  /** By `rollout.seq`. */
  readonly bySeq: ReadonlyMap<number, readonly Correction[]>;
};

/** The corrections that hold, of the whole run or of one iteration. */
export const readScoreCorrections = async (target: WhatIfTarget): Promise<ScoreCorrections> => {
  const { rows } = await pool.query(
    `SELECT d.seq AS decision, r.seq AS rollout, d."check", d.action, d.payload
     FROM decision d JOIN rollout r ON r.id = d.rollout_id
     WHERE d.rollout_id IS NOT NULL AND d.project_id = $1 AND r.run_id = $2 AND ($3::uuid IS NULL OR r.iteration_id = $3)
     ORDER BY d.seq`,
    [target.projectId, target.runId, target.iterationId],
  );
  const acts = z.array(actSchema).parse(rows);
  const bySeq = new Map<number, readonly Correction[]>();
  for (const [seq, own] of Map.groupBy(acts, ({ rollout }) => rollout)) {
    const corrections = foldCorrections(own);
    if (corrections.length > 0) bySeq.set(seq, corrections);
  }
  return { stamp: `${acts.length} ${acts.at(-1)?.decision ?? ''}`, bySeq };
};
