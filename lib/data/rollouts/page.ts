import 'server-only';
import type { Viewer } from '@/lib/data/viewer';
import type { RolloutCursor } from '@/lib/domain/rollouts/cursor';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import type { RolloutListPage } from '@/lib/domain/rollouts/row';
import { listRollouts } from './list';
import { listGroups } from './list-groups';

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
