import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getCurriculum } from '@/lib/data/curriculum/read';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ runId: string }> };

const querySchema = z.object({ iteration: z.coerce.number().int().nonnegative().optional() });

/** The questions that a run leaves out; `iteration` narrows to what one of its iterations left out. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const runId = parseInput(z.uuid(), (await params).runId);
  const { iteration } = parseInput(querySchema, searchInput(request));
  return Response.json(await getCurriculum(viewer, runId, iteration));
});
