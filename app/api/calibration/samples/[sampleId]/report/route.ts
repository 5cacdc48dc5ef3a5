import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getReport } from '@/lib/data/calibration/report';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ sampleId: string }> };
const querySchema = z.object({ reading: z.literal('only').optional() });
const paramsSchema = z.object({ sampleId: z.uuid() });

/** How the verifier and the judges agree with the labels. `?reading=only`: for somebody who will not label the sample. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const { sampleId } = parseInput(paramsSchema, await params);
  const { reading } = parseInput(querySchema, searchInput(request));
  return Response.json(await getReport(viewer, sampleId, reading === 'only'));
});
