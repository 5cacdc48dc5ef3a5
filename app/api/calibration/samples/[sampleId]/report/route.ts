import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getReport } from '@/lib/data/calibration/report';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ sampleId: string }> };
const paramsSchema = z.object({ sampleId: z.uuid() });

/** How the verifier and the judges agree with the labels. */
export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { sampleId } = parseInput(paramsSchema, await params);
  return Response.json(await getReport(viewer, sampleId));
});
