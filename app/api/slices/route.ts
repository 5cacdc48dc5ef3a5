import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listSlices } from '@/lib/data/slices/list';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

const runsSchema = z.array(z.uuid('This is no run')).min(1, 'Name a run').max(12, 'These are too many runs');

/** The slices of the named runs that the viewer may see. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const runIds = parseInput(runsSchema, new URL(request.url).searchParams.getAll('run'));
  return Response.json(await listSlices(viewer, runIds));
});
