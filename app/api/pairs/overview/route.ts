import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getReviewOverview } from '@/lib/data/gates/review';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ iteration: z.uuid() });

export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { iteration } = parseInput(querySchema, searchInput(request));
  return Response.json(await getReviewOverview(viewer, iteration));
});
