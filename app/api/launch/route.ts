import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { readLaunch } from '@/lib/data/launch/read';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ run: z.uuid('That is no run').optional() });

export const GET = handleRoute(async (request: Request) => {
  const viewer = await requireViewer();
  const { run } = parseInput(querySchema, searchInput(request));
  return Response.json(await readLaunch(viewer, { runId: run }));
});
