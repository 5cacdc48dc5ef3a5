import { requireViewer } from '@/lib/data/access/session';
import { getWhatIf } from '@/lib/data/verifier/what-if';
import { askedSchema } from '@/lib/domain/verifier/what-if/asked';
import { movedSchema } from '@/lib/domain/verifier/what-if/thresholds';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = askedSchema.extend(movedSchema.shape);

/** What the stored scores of a run would come to under other thresholds. Changes nothing. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { run, iteration = null, from, ...moved } = parseInput(querySchema, searchInput(request));
  return Response.json(await getWhatIf(viewer, { runId: run, iterationId: iteration, versionId: from }, moved));
});
