import { requireViewer } from '@/lib/data/access/session';
import { getLengthWithin } from '@/lib/data/lengths/within';
import { parseLengthSelection } from '@/lib/domain/lengths/selection';
import { handleRoute } from '@/lib/http/handle-route';

/** Length against accuracy within a question. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await getLengthWithin(viewer, parseLengthSelection(new URL(request.url).searchParams)));
});
