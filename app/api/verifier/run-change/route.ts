import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getRunChange } from '@/lib/data/verifier/run-change';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ run: z.uuid(), to: z.uuid() });

/** What moving a run to a version would change. Changes nothing. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { run, to } = parseInput(querySchema, searchInput(request));
  return Response.json(await getRunChange(viewer, run, to));
});
