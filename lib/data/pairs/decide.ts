import 'server-only';
/**
 * Acts on pairs. One transaction each: the pair's row is locked, the act is appended, and the fold of all its acts is
 * written back, so that lists never fold. The id of an act is the client's: sent twice, it is one act.
 */
import { z } from 'zod';
import { storableText } from '@/lib/data/copy';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import type { PairAction } from '@/lib/domain/pair';
import {
  actsInForce,
  checkAct,
  foldPair,
  type PairAct,
  type PairProposal,
  pairActSchema,
} from '@/lib/domain/pairs/life';
import type { PairAnswer, PairRequest } from '@/lib/domain/pairs/pair-view';
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/generated/client';
import { getPair, storedProposalSchema } from './view';

type StoredAct = { readonly act: PairAct; readonly seq: bigint };
type LockedPair = { readonly projectId: string; readonly proposal: PairProposal; readonly acts: readonly StoredAct[] };

const lockedSchema = z.object({ project_id: z.uuid(), proposal: storedProposalSchema });

/** The acts of a pair that the caller knows to be the viewer's, oldest first. */
const readActs = async (tx: Transaction, pairId: string): Promise<StoredAct[]> => {
  const decisions = await tx.decision.findMany({
    where: { pairId },
    orderBy: { seq: 'asc' },
    select: { id: true, seq: true, action: true, payload: true },
  });
  return decisions.map(({ seq, ...act }) => ({ seq, act: pairActSchema.parse(act) }));
};

/** Locks one pair that the viewer may decide, and reads its acts, oldest first. Throws `not_found`. */
const lockPair = async (tx: Transaction, viewer: Viewer, pairId: string): Promise<LockedPair> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT p.project_id, t.proposal FROM pair p JOIN pair_text t ON t.pair_id = p.id
    JOIN member m ON m.project_id = p.project_id AND m.user_id = ${viewer.userId}
    WHERE p.id = ${pairId}::uuid AND p.project_id = coalesce(${viewer.projectId ?? null}::uuid, p.project_id)
    FOR NO KEY UPDATE OF p`;
  if (rows.length === 0) throw new AppError('not_found', 'Pair not found');
  const { project_id: projectId, proposal } = lockedSchema.parse(rows[0]);
  return { projectId, proposal, acts: await readActs(tx, pairId) };
};

/** Whether this id was stored before as the same kind of act of this viewer. Throws `conflict` when it is another's. */
const findRepeat = async (
  tx: Transaction,
  viewer: Viewer,
  id: string,
  isSame: (stored: { pairId: string | null; action: string }) => boolean,
) => {
  const stored = await tx.decision.findFirst({
    where: { id },
    select: { actorId: true, pairId: true, action: true },
  });
  if (!stored) return undefined;
  if (stored.actorId !== viewer.userId || !isSame(stored)) {
    throw new AppError('conflict', 'This id already names another decision');
  }
  return stored.pairId;
};

const payloadOf = (act: PairAct): Prisma.InputJsonObject => ('payload' in act ? { ...act.payload } : {});

/** Appends the act and writes the fold. The caller holds the pair's lock and has checked the act. */
const append = async (
  tx: Transaction,
  viewer: Viewer,
  pairId: string,
  { projectId, proposal, acts }: LockedPair,
  act: PairAct,
) => {
  const { seq } = await tx.decision.create({
    data: { id: act.id, projectId, actorId: viewer.userId, pairId, action: act.action, payload: payloadOf(act) },
    select: { seq: true },
  });
  const all = [...acts, { act, seq }];
  const life = foldPair(
    proposal,
    all.map((stored) => stored.act),
  );
  await tx.pair.update({
    where: { id: pairId },
    data: {
      state: life.state,
      edited: life.edited,
      skips: life.skips,
      chosenRolloutId: life.chosen.rolloutId,
      rejectedRolloutId: life.rejected.rolloutId,
      // The act that an undo would take back: `undoLatest` finds its target by it.
      lastDecisionSeq: all.find((stored) => stored.act.id === life.lastActId)?.seq ?? null,
    },
  });
  await tx.pairText.update({ where: { pairId }, data: { chosen: life.chosen.text, rejected: life.rejected.text } });
};

/** The act that a request asks for, with the text of the rollout it names. Throws `not_found`, `invalid`. */
const actOf = async (
  tx: Transaction,
  viewer: Viewer,
  pairId: string,
  id: string,
  request: PairRequest,
): Promise<PairAct> => {
  switch (request.action) {
    case 'replace_chosen':
    case 'replace_rejected': {
      const { rolloutId } = request;
      const rollout = await tx.rollout.findFirst({
        where: { id: rolloutId, group: { pairs: { some: { id: pairId } } }, ...visibleTo(viewer) },
        select: { rolloutText: { select: { response: true } } },
      });
      if (!rollout?.rolloutText) throw new AppError('not_found', 'This sample is not one of the pair’s question');
      return { id, action: request.action, payload: { rolloutId, text: rollout.rolloutText.response } };
    }
    case 'edit':
      return { id, action: 'edit', payload: { side: request.side, text: storableText(request.text) } };
    default:
      return { id, action: request.action };
  }
};

/**
 * Does one act on a pair and returns the pair after it. Reviewers may; the same `decisionId` again changes nothing.
 * Throws `not_found` for foreign pairs, `conflict` or `invalid` when the act makes no sense now, `conflict` when the
 * id names another act.
 */
export const decidePair = async (
  viewer: Viewer,
  { decisionId, pairId, request }: { decisionId: string; pairId: string; request: PairRequest },
): Promise<PairAnswer> => {
  const changed = await db.$transaction(async (tx) => {
    const locked = await lockPair(tx, viewer, pairId);
    const repeat = await findRepeat(
      tx,
      viewer,
      decisionId,
      (stored) => stored.pairId === pairId && stored.action === request.action,
    );
    if (repeat !== undefined) return undefined;
    const act = await actOf(tx, viewer, pairId, decisionId, request);
    const checked = checkAct(
      locked.proposal,
      locked.acts.map((stored) => stored.act),
      act,
    );
    if (!checked.ok) throw new AppError(checked.error.code, checked.error.message);
    await append(tx, viewer, pairId, locked, act);
    return locked.projectId;
  });
  if (changed) await notify({ projectId: changed, topic: 'pair', id: pairId });
  return { pair: await getPair(viewer, pairId), undone: null };
};

const targetSchema = z.object({ pair_id: z.uuid(), seq: z.bigint() });

/**
 * The viewer's newest act in this queue that is still the last word on its pair. Acts that somebody else has
 * acted upon since are passed over: an undo must never take another person's act back.
 */
const findUndoTarget = async (tx: Transaction, viewer: Viewer, iterationId: string) => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT d.pair_id, d.seq FROM decision d JOIN pair p ON p.id = d.pair_id AND p.last_decision_seq = d.seq
    JOIN member m ON m.project_id = p.project_id AND m.user_id = ${viewer.userId}
    WHERE d.actor_id = ${viewer.userId} AND p.iteration_id = ${iterationId}::uuid
      AND p.project_id = coalesce(${viewer.projectId ?? null}::uuid, p.project_id)
    ORDER BY d.seq DESC LIMIT 1`;
  return rows.length === 0 ? undefined : targetSchema.parse(rows[0]);
};

/** What an undo with this id took back, when it was done before. */
const findUndone = async (tx: Transaction, pairId: string, undoId: string): Promise<PairAction | null> => {
  const acts = (await readActs(tx, pairId)).map((stored) => stored.act);
  const at = acts.findIndex((act) => act.id === undoId);
  return at === -1 ? null : (actsInForce(acts.slice(0, at)).at(-1)?.action ?? null);
};

/**
 * Takes the viewer's own latest act in a queue back, on whichever pair it was, also after a reload. Returns that
 * pair and what was undone. The same `decisionId` again changes nothing. Throws `conflict` when there is nothing
 * left to undo, and so for a foreign iteration.
 */
export const undoLatest = async (
  viewer: Viewer,
  { decisionId, iterationId }: { decisionId: string; iterationId: string },
): Promise<PairAnswer> => {
  const done = await db.$transaction(async (tx) => {
    // One undo of a viewer at a time: two at once would find the same target.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`veripo.undo.${viewer.userId}`}))`;
    const repeat = await findRepeat(tx, viewer, decisionId, ({ action }) => action === 'undo');
    if (repeat) return { pairId: repeat, undone: await findUndone(tx, repeat, decisionId), projectId: undefined };
    for (;;) {
      const target = await findUndoTarget(tx, viewer, iterationId);
      if (!target) throw new AppError('conflict', 'There is nothing of yours left to undo in this queue');
      const locked = await lockPair(tx, viewer, target.pair_id);
      const life = foldPair(
        locked.proposal,
        locked.acts.map((stored) => stored.act),
      );
      const last = locked.acts.find(({ act }) => act.id === life.lastActId);
      if (last?.seq !== target.seq) continue; // somebody acted on it between the look and the lock
      await append(tx, viewer, target.pair_id, locked, { id: decisionId, action: 'undo' });
      return { pairId: target.pair_id, undone: last.act.action, projectId: locked.projectId };
    }
  });
  if (done.projectId) await notify({ projectId: done.projectId, topic: 'pair', id: done.pairId });
  return { pair: await getPair(viewer, done.pairId), undone: done.undone };
};
