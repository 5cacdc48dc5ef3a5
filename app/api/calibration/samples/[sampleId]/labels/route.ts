import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { addLabel } from '@/lib/data/calibration/label';
import { labelSendSchema } from '@/lib/domain/calibration/sample';
import { handleRoute, parseInput } from '@/lib/http/handle-route';
import { readJson } from '@/lib/http/read-json';

const MAX_BYTES = 10_000;
type Context = { params: Promise<{ sampleId: string }> };

/** One act of labelling. A route and not an action: a page sends again, after a reload or a new build, what got no answer. */
export const POST = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const body = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(await readJson(request, MAX_BYTES));
  return Response.json(await addLabel(viewer, parseInput(labelSendSchema, { ...body, ...(await params) })));
});
