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
import { actsInForce, checkAct, foldPair, type PairAct } from '@/lib/domain/pairs/life';
import { type PairAnswer, type PairRequest, storedProposalSchema } from '@/lib/domain/pairs/pair-view';
import { AppError } from '@/lib/errors';
import { appendActs, type LockedPair, readActs } from './acts';
import { getPair } from './view';

/** A locked pair, and the iteration that may be waiting for its decision. */
type Target = { readonly pair: LockedPair; readonly iteration: { readonly id: string; readonly waits: boolean } };

const lockedSchema = z.object({
  project_id: z.uuid(),
  iteration_id: z.uuid(),
  waits: z.boolean(),
  proposal: storedProposalSchema,
});

/** Locks one pair that the viewer may decide, and reads its acts, oldest first. Throws `not_found`. */
const lockPair = async (tx: Transaction, viewer: Viewer, pairId: string): Promise<Target> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT p.project_id, p.iteration_id, i.state = 'curate' AS waits, t.proposal
    FROM pair p JOIN pair_text t ON t.pair_id = p.id JOIN iteration i ON i.id = p.iteration_id
    JOIN member m ON m.project_id = p.project_id AND m.user_id = ${viewer.userId}
    WHERE p.id = ${pairId}::uuid AND p.project_id = coalesce(${viewer.projectId ?? null}::uuid, p.project_id)
    FOR NO KEY UPDATE OF p`;
  if (rows.length === 0) throw new AppError('not_found', 'Pair not found');
  const { project_id: projectId, iteration_id, waits, proposal } = lockedSchema.parse(rows[0]);
  const acts = (await readActs(tx, [pairId])).get(pairId) ?? [];
  return { pair: { pairId, projectId, proposal, acts }, iteration: { id: iteration_id, waits } };
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

/** Tells pages, and the loop when this iteration waits at its gate, that a pair was decided. */
const tell = async ({ pair, iteration }: Target): Promise<void> => {
  await notify({ projectId: pair.projectId, topic: 'pair', id: pair.pairId });
  if (iteration.waits) await notify({ projectId: pair.projectId, topic: 'iteration', id: iteration.id });
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
    const target = await lockPair(tx, viewer, pairId);
    const repeat = await findRepeat(
      tx,
      viewer,
      decisionId,
      (stored) => stored.pairId === pairId && stored.action === request.action,
    );
    if (repeat !== undefined) return undefined;
    const act = await actOf(tx, viewer, pairId, decisionId, request);
    const { proposal, acts } = target.pair;
    const checked = checkAct(
      proposal,
      acts.map((stored) => stored.act),
      act,
    );
    if (!checked.ok) throw new AppError(checked.error.code, checked.error.message);
    await appendActs(tx, { actorId: viewer.userId }, [{ locked: target.pair, act }]);
    return target;
  });
  if (changed) await tell(changed);
  return { pair: await getPair(viewer, pairId), undone: null };
};

const undoTargetSchema = z.object({ pair_id: z.uuid(), seq: z.bigint() });

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
  return rows.length === 0 ? undefined : undoTargetSchema.parse(rows[0]);
};

/** What an undo with this id took back, when it was done before. */
const findUndone = async (tx: Transaction, pairId: string, undoId: string): Promise<PairAction | null> => {
  const acts = ((await readActs(tx, [pairId])).get(pairId) ?? []).map((stored) => stored.act);
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
    if (repeat) return { pairId: repeat, undone: await findUndone(tx, repeat, decisionId), target: undefined };
    for (;;) {
      const latest = await findUndoTarget(tx, viewer, iterationId);
      if (!latest) throw new AppError('conflict', 'There is nothing of yours left to undo in this queue');
      const target = await lockPair(tx, viewer, latest.pair_id);
      const { proposal, acts } = target.pair;
      const life = foldPair(
        proposal,
        acts.map((stored) => stored.act),
      );
      const last = acts.find(({ act }) => act.id === life.lastActId);
      if (last?.seq !== latest.seq) continue; // somebody acted on it between the look and the lock
      const act = { id: decisionId, action: 'undo' } as const;
      await appendActs(tx, { actorId: viewer.userId }, [{ locked: target.pair, act }]);
      return { pairId: latest.pair_id, undone: last.act.action, target };
    }
  });
  if (done.target) await tell(done.target);
  return { pair: await getPair(viewer, done.pairId), undone: done.undone };
};
