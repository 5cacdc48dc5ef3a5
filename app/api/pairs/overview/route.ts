import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getPairOverview } from '@/lib/data/pairs/queue';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ iteration: z.uuid() });

export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { iteration } = parseInput(querySchema, searchInput(request));
  return Response.json(await getPairOverview(viewer, iteration));
});
