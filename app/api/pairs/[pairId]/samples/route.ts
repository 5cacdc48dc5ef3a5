import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listPairSamples } from '@/lib/data/pairs/view';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ pairId: string }> };
const paramsSchema = z.object({ pairId: z.uuid() });

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { pairId } = parseInput(paramsSchema, await params);
  return Response.json(await listPairSamples(viewer, pairId));
});
