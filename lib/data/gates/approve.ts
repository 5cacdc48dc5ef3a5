import 'server-only';
/** What the policy decides when people have done their part: it approves the rest, in batches, each act once. */
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { appendActs, type LockedPair, readActs } from '@/lib/data/pairs/acts';
import { contentId } from '@/lib/domain/formats/identity';
import { isGateMet, policyName } from '@/lib/domain/loop/gate';
import type { Gate } from '@/lib/domain/loop/plan';
import { checkAct } from '@/lib/domain/pairs/life';
import { storedProposalSchema } from '@/lib/domain/pairs/pair-view';
import { readGate, readSample } from './read';

const PAIRS_PER_BATCH = 250;

const lockedSchema = z.object({ id: z.uuid(), seq: z.bigint(), project_id: z.uuid(), proposal: storedProposalSchema });

type Batch = { readonly pairs: readonly LockedPair[]; readonly last: bigint | null };

/** Locks the next undecided pairs. One that a person decides meanwhile is passed over: the lock looks again. */
const lockBatch = async (
  tx: Transaction,
  place: { readonly projectId: string; readonly iterationId: string },
  people: readonly string[],
  after: bigint,
): Promise<Batch> => {
  const raw = await tx.$queryRaw<unknown[]>`
    SELECT p.id, p.seq, p.project_id, t.proposal FROM pair p JOIN pair_text t ON t.pair_id = p.id
    WHERE p.iteration_id = ${place.iterationId}::uuid AND p.project_id = ${place.projectId}::uuid
      AND p.state = 'proposed' AND p.seq > ${after} AND p.id <> ALL(${[...people]}::uuid[])
    ORDER BY p.seq LIMIT ${PAIRS_PER_BATCH} FOR NO KEY UPDATE OF p`;
  const rows = raw.map((row) => lockedSchema.parse(row));
  const acts = await readActs(
    tx,
    rows.map(({ id }) => id),
  );
  return {
    pairs: rows.map(({ id, project_id, proposal }) => ({
      pairId: id,
      projectId: project_id,
      proposal,
      acts: acts.get(id) ?? [],
    })),
    last: rows.at(-1)?.seq ?? null,
  };
};

/** The policy decides a pair of an iteration at most once, so that is what its decision is named by. */
const approvalOf = (iterationId: string, { pairId }: LockedPair) =>
  ({ id: contentId('policy approves', iterationId, pairId), action: 'approve' }) as const;

/** Whether the rules of a pair's life take the approval, as they would a person's, and it is not there yet. */
const isOpenFor = (locked: LockedPair, act: ReturnType<typeof approvalOf>): boolean => {
  const acts = locked.acts.map((stored) => stored.act);
  return !acts.some(({ id }) => id === act.id) && checkAct(locked.proposal, acts, act).ok;
};

/**
 * Approves, in the policy's name, the undecided pairs that the policy leaves to it. Returns how many. Killed and
 * called again it goes on where it stopped. A pair that a person has decided, or has to decide, is never touched;
 * while one of those is undecided, and under `review_all` always, it approves nothing. A person can take a decision
 * back between this and the freeze: freeze only while the gate says that nothing is `proposed`.
 */
export const approveRest = async (
  projectId: string,
  iterationId: string,
  gate: Gate,
  seed: number,
): Promise<number> => {
  if (gate.policy === 'review_all' || !isGateMet(await readGate(projectId, iterationId, gate, seed))) return 0;
  const { ids: people } = await readSample(projectId, iterationId, gate, seed);
  const decider = { policy: policyName(gate) };
  let approved = 0;
  for (let after: bigint | null = -1n; after !== null; ) {
    const from: bigint = after;
    const done = await db.$transaction(async (tx) => {
      const { pairs, last } = await lockBatch(tx, { projectId, iterationId }, people, from);
      const entries = pairs
        .map((locked) => ({ locked, act: approvalOf(iterationId, locked) }))
        .filter(({ locked, act }) => isOpenFor(locked, act));
      await appendActs(tx, decider, entries);
      return { last, count: entries.length };
    });
    approved += done.count;
    after = done.last;
    if (done.count > 0) await notify({ projectId, topic: 'pair', id: iterationId });
  }
  return approved;
};
