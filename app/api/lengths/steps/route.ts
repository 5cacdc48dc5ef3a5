import { requireViewer } from '@/lib/data/access/session';
import { getLengthSteps } from '@/lib/data/lengths/steps';
import { parseLengthSelection } from '@/lib/domain/lengths/selection';
import { handleRoute } from '@/lib/http/handle-route';

/** Quantiles of lengths over the steps of the policy. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await getLengthSteps(viewer, parseLengthSelection(new URL(request.url).searchParams)));
});
