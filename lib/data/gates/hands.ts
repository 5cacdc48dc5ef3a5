import 'server-only';
import { db } from '@/lib/data/db';
import { type FreezeRequest, freezePairSet } from '@/lib/data/pair-sets/freeze';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { loopHoldsPairs } from '@/lib/domain/loop/gate';
import { iterationStateSchema } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';

const refusals = {
  propose:
    'The loop proposes the pairs of this iteration itself when its rollouts are verified: wait for them, or cancel the iteration first',
  freeze:
    'The loop freezes the pairs of this iteration itself when its gate opens: decide the pairs, or cancel the iteration first',
} as const;

/**
 * Whether people may propose or freeze pairs of an iteration. Not while the loop is on its way to do it: pairs of
 * groups that still grow, or more pairs after the sample was drawn, would not be those that the gate is about.
 * Throws `not_found` for foreign iterations, `conflict` in words.
 */
export const requireHandsFree = async (
  viewer: Viewer,
  iterationId: string,
  act: keyof typeof refusals,
): Promise<void> => {
  const row = await db.iteration.findFirst({
    where: { id: iterationId, ...visibleTo(viewer) },
    select: { state: true },
  });
  if (!row) throw new AppError('not_found', 'Iteration not found');
  if (loopHoldsPairs(iterationStateSchema.parse(row.state))) throw new AppError('conflict', refusals[act]);
};

/**
 * Freezes as a person asks for it. Throws as `freezePairSet`, and `conflict` while the loop is about to freeze the
 * iteration's pairs itself: a set beside the loop's own would be one that nothing trains on.
 */
export const freezeByHand = async (viewer: Viewer, request: FreezeRequest): Promise<{ id: string; number: number }> => {
  await requireHandsFree(viewer, request.iterationId, 'freeze');
  return freezePairSet(viewer, request);
};
