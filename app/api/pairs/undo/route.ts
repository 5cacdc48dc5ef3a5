import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { undoLatest } from '@/lib/data/pairs/decide';
import { handleRoute, parseInput } from '@/lib/http/handle-route';
import { readJson } from '@/lib/http/read-json';

const MAX_BYTES = 10_000;
const bodySchema = z.object({ decisionId: z.uuid(), iterationId: z.uuid() });

/** Takes the viewer's own latest act in a queue back, whichever pair it was on. */
export const POST = handleRoute(async (request) => {
  const viewer = await requireViewer();
  return Response.json(await undoLatest(viewer, parseInput(bodySchema, await readJson(request, MAX_BYTES))));
});
