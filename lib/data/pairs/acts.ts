import 'server-only';
/**
 * Appending acts to pairs, one or many: the act is stored, and the fold of all acts of its pair is written back, so
 * that lists never fold. People's decisions and those of a policy both come through here.
 */
import { z } from 'zod';
import type { Transaction } from '@/lib/data/db';
import { foldPair, type PairAct, type PairProposal, pairActSchema } from '@/lib/domain/pairs/life';
import { AppError } from '@/lib/errors';

export type StoredAct = { readonly act: PairAct; readonly seq: bigint };
/** A pair whose row the caller has locked, with its acts, oldest first. */
export type LockedPair = {
  readonly pairId: string;
  readonly projectId: string;
  readonly proposal: PairProposal;
  readonly acts: readonly StoredAct[];
};
/** Who decides: a person, or a policy by its name. */
export type Decider = { readonly actorId: string } | { readonly policy: string };

/** The acts of pairs that the caller knows to be the viewer's, oldest first. */
export const readActs = async (
  tx: Transaction,
  pairIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredAct[]>> => {
  const decisions = await tx.decision.findMany({
    where: { pairId: { in: [...pairIds] } },
    orderBy: { seq: 'asc' },
    select: { id: true, seq: true, pairId: true, action: true, payload: true },
  });
  const acts = new Map<string, StoredAct[]>(pairIds.map((id) => [id, []]));
  for (const { seq, pairId, ...act } of decisions) acts.get(pairId ?? '')?.push({ seq, act: pairActSchema.parse(act) });
  return acts;
};

type Appending = { readonly locked: LockedPair; readonly act: PairAct };

const insertedSchema = z.object({ id: z.uuid(), seq: z.bigint() });

/** Stores the acts in this order; the number of each by its id. Throws `conflict` when an id is taken. */
const insertActs = async (
  tx: Transaction,
  decider: Decider,
  entries: readonly Appending[],
): Promise<ReadonlyMap<string, bigint>> => {
  const given = entries.map(({ locked, act }, at) => ({
    at,
    id: act.id,
    project_id: locked.projectId,
    pair_id: locked.pairId,
    action: act.action,
    payload: 'payload' in act ? act.payload : {},
  }));
  const rows = await tx.$queryRaw<unknown[]>`
    INSERT INTO decision (id, project_id, actor_id, policy, pair_id, action, payload)
    SELECT id, project_id, ${'actorId' in decider ? decider.actorId : null}, ${'policy' in decider ? decider.policy : null},
           pair_id, action, payload
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (at int, id uuid, project_id uuid, pair_id uuid, action text, payload jsonb)
    ORDER BY at ON CONFLICT (id) DO NOTHING RETURNING id, seq`;
  if (rows.length < entries.length) throw new AppError('conflict', 'This id already names another decision');
  return new Map(rows.map((row) => insertedSchema.parse(row)).map(({ id, seq }) => [id, seq]));
};

/** The columns of a pair after an act; texts only where it changed them, since they are long. */
const foldedOf = ({ locked, act }: Appending, seqs: ReadonlyMap<string, bigint>) => {
  const acts = locked.acts.map((stored) => stored.act);
  const before = foldPair(locked.proposal, acts);
  const life = foldPair(locked.proposal, [...acts, act]);
  // The act that an undo would take back: `undoLatest` finds its target by it.
  const last =
    life.lastActId === act.id ? seqs.get(act.id) : locked.acts.find((stored) => stored.act.id === life.lastActId)?.seq;
  const kept = before.chosen.text === life.chosen.text && before.rejected.text === life.rejected.text;
  return {
    id: locked.pairId,
    state: life.state,
    edited: life.edited,
    skips: life.skips,
    chosen_rollout_id: life.chosen.rolloutId,
    rejected_rollout_id: life.rejected.rolloutId,
    last_decision_seq: last?.toString() ?? null,
    ...(kept ? {} : { chosen: life.chosen.text, rejected: life.rejected.text }),
  };
};

/**
 * Appends one act to each of these pairs and writes what they fold to. The caller holds the locks and has checked the
 * acts. Throws `conflict` when the id of an act names another one; then nothing of the transaction holds.
 */
export const appendActs = async (tx: Transaction, decider: Decider, entries: readonly Appending[]): Promise<void> => {
  if (entries.length === 0) return;
  const seqs = await insertActs(tx, decider, entries);
  const folded = entries.map((entry) => foldedOf(entry, seqs));
  await tx.$executeRaw`
    UPDATE pair SET state = f.state, edited = f.edited, skips = f.skips, chosen_rollout_id = f.chosen_rollout_id,
           rejected_rollout_id = f.rejected_rollout_id, last_decision_seq = f.last_decision_seq
    FROM jsonb_to_recordset(${JSON.stringify(folded.map(({ chosen: _, rejected: __, ...row }) => row))}::jsonb) AS f (
      id uuid, state text, edited boolean, skips int, chosen_rollout_id uuid, rejected_rollout_id uuid,
      last_decision_seq bigint)
    WHERE pair.id = f.id`;
  const rewritten = folded.filter(({ chosen }) => chosen !== undefined);
  if (rewritten.length === 0) return;
  await tx.$executeRaw`
    UPDATE pair_text SET chosen = f.chosen, rejected = f.rejected
    FROM jsonb_to_recordset(${JSON.stringify(rewritten)}::jsonb) AS f (id uuid, chosen text, rejected text)
    WHERE pair_text.pair_id = f.id`;
};
