import { requireViewer } from '@/lib/data/access/session';
import { getSensitivities } from '@/lib/data/verifier/what-if';
import { askedSchema } from '@/lib/domain/verifier/what-if/asked';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

/** What each threshold of a version does over its whole range. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { run, iteration = null, from } = parseInput(askedSchema, searchInput(request));
  return Response.json(await getSensitivities(viewer, { runId: run, iterationId: iteration, versionId: from }));
});
