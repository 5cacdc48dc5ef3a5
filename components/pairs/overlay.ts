/** The pair as it will be once the server has taken the acts that wait in the outbox. */
import type { PairState } from '@/lib/domain/pair';
import { type CheckedAct, checkAct, type PairAct } from '@/lib/domain/pairs/life';
import type { PairRequest, PairView } from '@/lib/domain/pairs/pair-view';
import type { OutboxEntry } from './outbox';

const stateActs: Record<PairState, readonly PairAct[]> = {
  proposed: [],
  approved: [{ id: 'before', action: 'approve' }],
  rejected: [{ id: 'before', action: 'reject' }],
};

const actOf = (request: PairRequest, text: string): PairAct => {
  switch (request.action) {
    case 'replace_chosen':
    case 'replace_rejected':
      return { id: 'now', action: request.action, payload: { rolloutId: request.rolloutId, text } };
    case 'edit':
      return { id: 'now', action: 'edit', payload: { side: request.side, text: request.text } };
    default:
      return { id: 'now', action: request.action };
  }
};

/** Whether the act makes sense on the pair as shown. `text` is that of the rollout a replacement brings. */
export const checkRequest = (pair: PairView, request: PairRequest, text: string): CheckedAct =>
  checkAct({ chosen: pair.chosen, rejected: pair.rejected }, stateActs[pair.state], actOf(request, text));

/** The pair after an act; unchanged when the act makes no sense, which the server will say. */
const applyRequest = (pair: PairView, request: PairRequest, text: string): PairView => {
  const checked = checkRequest(pair, request, text);
  if (!checked.ok) return pair;
  const { state, chosen, rejected, skips } = checked.data;
  const edited = pair.edited || request.action === 'edit';
  // Made anew by a person, it stands on that person's word; what comes back of it the server knows.
  const keeps = chosen.text === pair.chosen.text && rejected.text === pair.rejected.text;
  const stale = keeps ? pair.stale : null;
  return { ...pair, state, chosen, rejected, edited, stale, skips: pair.skips + skips };
};

/**
 * `pair` with the waiting acts applied that it does not hold yet. An undo shows the pair as it was before the act it
 * takes back; `before` knows that for the undos of this page.
 */
export const overlay = (
  pair: PairView,
  waiting: readonly OutboxEntry[],
  before: ReadonlyMap<string, PairView>,
): PairView => {
  const known = new Set(pair.recentActs);
  return waiting
    .filter(({ id }) => !known.has(id))
    .reduce((shown, entry) => {
      if (entry.kind === 'decide')
        return entry.pairId === pair.id ? applyRequest(shown, entry.request, entry.text ?? '') : shown;
      const earlier = before.get(entry.id);
      return earlier?.id === pair.id ? earlier : shown;
    }, pair);
};
