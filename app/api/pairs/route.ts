import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listReviewIds } from '@/lib/data/gates/review';
import { pairFiltersSchema } from '@/lib/domain/pairs/pair-view';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = pairFiltersSchema.extend({ iteration: z.uuid(), after: z.string().max(60).optional() });

/** One page of the queue: ids alone, in order. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { iteration, after, ...filters } = parseInput(querySchema, searchInput(request));
  return Response.json(await listReviewIds(viewer, iteration, filters, after));
});
