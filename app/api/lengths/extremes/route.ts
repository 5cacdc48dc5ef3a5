import { requireViewer } from '@/lib/data/access/session';
import { getLengthExtremes } from '@/lib/data/lengths/extremes';
import { parseLengthSelection } from '@/lib/domain/lengths/selection';
import { handleRoute } from '@/lib/http/handle-route';

/** The longest and the shortest rollouts. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await getLengthExtremes(viewer, parseLengthSelection(new URL(request.url).searchParams)));
});
