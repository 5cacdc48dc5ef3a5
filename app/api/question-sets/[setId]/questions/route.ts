import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listQuestions } from '@/lib/data/question-sets/read';
import { questionFiltersSchema } from '@/lib/domain/question-set';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ setId: string }> };
const inputSchema = questionFiltersSchema.extend({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const setId = parseInput(z.uuid(), (await params).setId);
  const { after, ...filters } = parseInput(inputSchema, searchInput(request));
  return Response.json(await listQuestions(viewer, setId, filters, after ?? null));
});
