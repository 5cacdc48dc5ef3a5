import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getLabelItem } from '@/lib/data/calibration/item';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ sampleId: string; position: string }> };
const paramsSchema = z.object({ sampleId: z.uuid(), position: z.coerce.number().int().positive() });

/** One item, without what the verifier said until the viewer has labelled it. */
export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { sampleId, position } = parseInput(paramsSchema, await params);
  return Response.json(await getLabelItem(viewer, sampleId, position));
});
