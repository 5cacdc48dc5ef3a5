import { requireViewer } from '@/lib/data/access/session';
import { getRolloutFacets } from '@/lib/data/rollouts/facets';
import { parseRolloutFilter } from '@/lib/domain/rollouts/filter';
import { handleRoute } from '@/lib/http/handle-route';

/** What the counts beside the filters follow from. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await getRolloutFacets(viewer, parseRolloutFilter(new URL(request.url).searchParams)));
});
