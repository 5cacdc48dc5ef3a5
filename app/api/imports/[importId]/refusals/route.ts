import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listRefusals } from '@/lib/data/imports/read';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ importId: string }> };
const querySchema = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const { importId } = await params;
  const { after } = parseInput(querySchema, searchInput(request));
  return Response.json(await listRefusals(viewer, parseInput(z.uuid(), importId), after));
});
