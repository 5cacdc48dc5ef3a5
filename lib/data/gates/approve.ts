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
import { readGate, readSample } from './read';

const PAIRS_PER_BATCH = 250;

const placedSchema = z.object({ id: z.uuid(), skips: z.int(), seq: z.bigint() });
type Placed = z.infer<typeof placedSchema>;
const FIRST = { skips: -1, seq: 0n };

/**
 * Locks the undecided pairs after one in the order of the queue, whose index they come out of without a sort. One that
 * a person decides meanwhile is passed over: the lock looks again.
 */
const lockNext = async (
  tx: Transaction,
  place: { readonly projectId: string; readonly iterationId: string },
  people: readonly string[],
  after: Pick<Placed, 'skips' | 'seq'>,
): Promise<Placed[]> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id, skips, seq FROM pair
    WHERE iteration_id = ${place.iterationId}::uuid AND project_id = ${place.projectId}::uuid AND state = 'proposed'
      AND (skips, seq) > (${after.skips}, ${after.seq}) AND id <> ALL(${[...people]}::uuid[])
    ORDER BY skips, seq LIMIT ${PAIRS_PER_BATCH} FOR NO KEY UPDATE`;
  return rows.map((row) => placedSchema.parse(row));
};

const proposalSchema = z.object({ id: z.uuid(), chosen: z.uuid().nullable(), rejected: z.uuid().nullable() });

/**
 * Locked pairs with their acts. Their texts, 10 KB each, stay where they are: an approval changes none, and no rule
 * about one looks at them.
 */
const readLocked = async (tx: Transaction, projectId: string, ids: readonly string[]): Promise<LockedPair[]> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT pair_id AS id, (proposal->'chosen'->>'rolloutId')::uuid AS chosen,
           (proposal->'rejected'->>'rolloutId')::uuid AS rejected
    FROM pair_text WHERE pair_id = ANY(${[...ids]}::uuid[])`;
  const acts = await readActs(tx, ids);
  return rows
    .map((row) => proposalSchema.parse(row))
    .map(({ id, chosen, rejected }) => ({
      pairId: id,
      projectId,
      proposal: {
        chosen: { rolloutId: chosen, text: 'chosen' },
        rejected: { rolloutId: rejected, text: 'rejected' },
      },
      acts: acts.get(id) ?? [],
    }));
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
  let after: Pick<Placed, 'skips' | 'seq'> | undefined = FIRST;
  while (after) {
    const from: Pick<Placed, 'skips' | 'seq'> = after;
    const done = await db.$transaction(async (tx) => {
      const placed = await lockNext(tx, { projectId, iterationId }, people, from);
      const ids = placed.map(({ id }) => id);
      const entries = (await readLocked(tx, projectId, ids))
        .map((locked) => ({ locked, act: approvalOf(iterationId, locked) }))
        .filter(({ locked, act }) => isOpenFor(locked, act));
      await appendActs(tx, decider, entries);
      return { last: placed.at(-1), count: entries.length };
    });
    approved += done.count;
    after = done.last;
    if (done.count > 0) await notify({ projectId, topic: 'pair', id: iterationId });
  }
  return approved;
};
