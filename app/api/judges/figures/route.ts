import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getJudgeFigures } from '@/lib/data/judges/figures';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ run: z.uuid(), iteration: z.uuid().optional() });

export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { run, iteration } = parseInput(querySchema, searchInput(request));
  return Response.json(await getJudgeFigures(viewer, run, iteration ?? null));
});
