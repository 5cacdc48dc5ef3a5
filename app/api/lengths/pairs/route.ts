import { requireViewer } from '@/lib/data/access/session';
import { getLengthPairs } from '@/lib/data/lengths/pairs';
import { parseLengthSelection } from '@/lib/domain/lengths/selection';
import { handleRoute } from '@/lib/http/handle-route';

/** How long the sides of pairs are. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await getLengthPairs(viewer, parseLengthSelection(new URL(request.url).searchParams)));
});
