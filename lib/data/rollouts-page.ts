import 'server-only';
import type { RolloutCursor } from '@/lib/domain/rollout-cursor';
import type { RolloutListState } from '@/lib/domain/rollout-filter';
import type { RolloutListPage } from '@/lib/domain/rollout-row';
import { listRollouts } from './rollouts';
import { listGroups } from './rollouts-groups';
import type { Viewer } from './viewer';

const PAGE_SIZE = 50;

/**
 * One page of a list in the layout it asks for.
 *
 * @throws AppError `busy` when a text search is too broad.
 */
export const listRolloutPage = async (
  viewer: Viewer,
  { filter, sort, view }: RolloutListState,
  cursor: RolloutCursor | undefined,
): Promise<RolloutListPage> => {
  if (view === 'flat') return { view, ...(await listRollouts(viewer, filter, { sort, cursor, limit: PAGE_SIZE })) };
  const order = sort === 'oldest' ? 'oldest' : 'newest';
  return { view, ...(await listGroups(viewer, filter, { sort: order, cursor, limit: PAGE_SIZE })) };
};
