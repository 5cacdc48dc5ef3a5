import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getIteration } from '@/lib/data/iterations/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ iterationId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const iterationId = parseInput(z.uuid(), (await params).iterationId);
  return Response.json(await getIteration(viewer, iterationId));
});
