import { requireViewer } from '@/lib/data/access/session';
import { readComparison } from '@/lib/data/comparison/compare';
import { parseComparisonAsked } from '@/lib/domain/comparison/asked';
import { handleRoute } from '@/lib/http/handle-route';

/** What each slice comes to, and what it was made with. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { slices, narrow } = parseComparisonAsked(new URL(request.url).searchParams);
  return Response.json(await readComparison(viewer, slices, narrow));
});
