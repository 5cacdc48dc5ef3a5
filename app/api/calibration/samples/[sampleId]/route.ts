import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getSample } from '@/lib/data/calibration/samples';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ sampleId: string }> };
const paramsSchema = z.object({ sampleId: z.uuid() });

/** One sample with the places of its items and what the viewer has said of them. */
export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { sampleId } = parseInput(paramsSchema, await params);
  return Response.json(await getSample(viewer, sampleId));
});
