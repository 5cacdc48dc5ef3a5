import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { decidePair } from '@/lib/data/pairs/decide';
import { pairRequestSchema } from '@/lib/domain/pairs/pair-view';
import { handleRoute, parseInput } from '@/lib/http/handle-route';
import { readJson } from '@/lib/http/read-json';

const MAX_BYTES = 8_000_000;
type Context = { params: Promise<{ pairId: string }> };
const bodySchema = z.object({ pairId: z.uuid(), decisionId: z.uuid(), request: pairRequestSchema });

/**
 * One act. A route and not an action: a page keeps what was not acknowledged and sends it again after a reload or a
 * new build, and an action's address does not outlive its build.
 */
export const POST = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const body = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(await readJson(request, MAX_BYTES));
  return Response.json(await decidePair(viewer, parseInput(bodySchema, { ...body, ...(await params) })));
});
