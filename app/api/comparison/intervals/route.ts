import { requireViewer } from '@/lib/data/access/session';
import { readChanges } from '@/lib/data/comparison/compare';
import { parseComparisonAsked } from '@/lib/domain/comparison/asked';
import { handleRoute } from '@/lib/http/handle-route';

/** How each slice differs from the first, with intervals and flips. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { slices, narrow } = parseComparisonAsked(new URL(request.url).searchParams);
  return Response.json(await readChanges(viewer, slices, narrow));
});
