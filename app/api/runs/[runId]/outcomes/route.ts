import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getOutcomes } from '@/lib/data/outcomes/outcomes';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ runId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const runId = parseInput(z.uuid(), (await params).runId);
  return Response.json(await getOutcomes(viewer, runId));
});
