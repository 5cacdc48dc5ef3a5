import { z } from 'zod';
import { getRunOverview } from '@/lib/data/run-overview';
import { requireViewer } from '@/lib/data/session';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ runId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const runId = parseInput(z.uuid(), (await params).runId);
  return Response.json(await getRunOverview(viewer, runId));
});
