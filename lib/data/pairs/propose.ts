import 'server-only';
/** Proposing pairs for an iteration: groups in order, a batch at a time, each batch in a transaction of its own. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { contentId } from '@/lib/domain/formats/identity';
import { proposePairs } from '@/lib/domain/pairs/build';
import type { ProposedPair } from '@/lib/domain/pairs/candidate';
import { ruleTermsOf } from '@/lib/domain/pairs/holds';
import { type PairSettings, pairSettingsSchema } from '@/lib/domain/pairs/settings';
import { readCandidates } from './candidates';
import type { ProposalTarget } from './proposal-target';
import { withdrawStale } from './withdraw';

/** Groups read at once: 8 chains of 5 KB each make 2.5 MB. */
const GROUPS_PER_BATCH = 64;

export const proposePayloadSchema = z.object({
  iterationId: z.uuid(),
  seed: z.int().nonnegative().max(0xffff_ffff).default(0),
  settings: pairSettingsSchema.prefault({}),
});

/** Adds those pairs that the iteration does not have; the ones it has stay as people left them. Returns how many. */
const insertPairs = async (
  target: ProposalTarget,
  pairs: readonly ProposedPair[],
  settings: PairSettings,
): Promise<number> => {
  if (pairs.length === 0) return 0;
  // A question that was asked twice may give the same two texts twice: one pair, of the group that came first.
  const byId = new Map(
    pairs.toReversed().map((pair) => [contentId('pair', target.iterationId, pair.fingerprint), pair] as const),
  );
  const rows = [...byId].toReversed().map(([id, pair], at) => ({
    at,
    id,
    group_id: pair.groupId,
    question_id: pair.questionId,
    type: pair.type,
    rule: pair.rule,
    why: pair.why,
    chosen_rollout_id: pair.chosen.rolloutId,
    rejected_rollout_id: pair.rejected.rolloutId,
    good_rollout_id: pair.goodRolloutId,
    bad_rollout_id: pair.badRolloutId,
    chosen: pair.chosen.text,
    rejected: pair.rejected.text,
    proposal: { chosen: pair.chosen, rejected: pair.rejected, seam: pair.seam },
  }));
  const { rows: added } = await pool.query<{ count: string }>(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($5::jsonb) AS given (
         id uuid, group_id uuid, question_id uuid, type text, rule text, why text,
         chosen_rollout_id uuid, rejected_rollout_id uuid, good_rollout_id uuid, bad_rollout_id uuid, chosen text, rejected text, proposal jsonb, at int)
     ), added AS (
       INSERT INTO pair (id, project_id, run_id, iteration_id, group_id, question_id, verifier_version_id, type, rule, why,
                         chosen_rollout_id, rejected_rollout_id, good_rollout_id, bad_rollout_id, terms)
       SELECT id, $1, $2, $3, group_id, question_id, $4, type, rule, why, chosen_rollout_id, rejected_rollout_id,
              good_rollout_id, bad_rollout_id, $6
       FROM given ORDER BY at
       ON CONFLICT (id) DO NOTHING
       RETURNING id
     ), texts AS (
       INSERT INTO pair_text (pair_id, proposal, chosen, rejected)
       SELECT id, proposal, chosen, rejected FROM given JOIN added USING (id)
     )
     SELECT count(*) AS count FROM added`,
    [
      target.projectId,
      target.runId,
      target.iterationId,
      target.verifierVersionId,
      JSON.stringify(rows),
      ruleTermsOf(settings),
    ],
  );
  return Number(added[0]?.count ?? 0);
};

export const proposalResultSchema = z.object({
  groups: z.int(),
  /** Pairs the rules give now, and those of them that were not there before. */
  proposed: z.int(),
  added: z.int(),
  /** Undecided pairs that were taken away, since their rule no longer holds. */
  withdrawn: z.int().default(0),
});
export type ProposalResult = z.infer<typeof proposalResultSchema>;

type Watch = {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};

/**
 * Proposes the pairs of an iteration. The same settings, seed and verdicts give the same pairs, and a pair is named
 * by its content: doing it again, also after a kill in the middle, adds only what is missing. Of what is there it
 * takes away only what nobody has touched and whose rule no longer holds. `cancelled` when the signal stopped it; what
 * it had done stays.
 */
export const proposeIterationPairs = async (
  target: ProposalTarget,
  settings: PairSettings,
  seed: number,
  { signal, onProgress }: Watch,
): Promise<{ state: 'done' | 'cancelled'; result: ProposalResult }> => {
  const ids = await listGroupIds(target);
  const withdrawn = signal.aborted ? 0 : await withdrawStale(target.iterationId);
  let [proposed, added] = [0, 0];
  const end = async (state: 'done' | 'cancelled', groups: number) => {
    // Once: screens count the pairs of a whole run anew at this news.
    if (added > 0) await notify({ projectId: target.projectId, topic: 'pair', id: target.iterationId });
    return { state, result: { groups, proposed, added, withdrawn } };
  };
  for (let at = 0; at < ids.length; at += GROUPS_PER_BATCH) {
    if (signal.aborted) return end('cancelled', at);
    const batch = ids.slice(at, at + GROUPS_PER_BATCH);
    const groups = await readCandidates(batch, target.verifierVersionId);
    const pairs = groups.flatMap((group) => proposePairs(group, settings, seed));
    added += await insertPairs(target, pairs, settings);
    proposed += pairs.length;
    onProgress(at + batch.length, ids.length);
  }
  return end('done', ids.length);
};

/**
 * In the order of import; 16 MB of ids at a million rollouts. Never those of an evaluation: DPO must not see held-out
 * questions.
 */
const listGroupIds = async ({ runId, iterationId }: ProposalTarget): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM rollout_group WHERE run_id = $1 AND iteration_id = $2 AND stage <> 'eval' ORDER BY seq`,
    [runId, iterationId],
  );
  return rows.map(({ id }) => id);
};
