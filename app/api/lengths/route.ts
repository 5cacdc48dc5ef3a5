import { requireViewer } from '@/lib/data/access/session';
import { getLengths } from '@/lib/data/lengths/distribution';
import { parseLengthSelection } from '@/lib/domain/lengths/selection';
import { handleRoute } from '@/lib/http/handle-route';

/** How the lengths of the named slices are distributed, and how accurate they are by length. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await getLengths(viewer, parseLengthSelection(new URL(request.url).searchParams)));
});
