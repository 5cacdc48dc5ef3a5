import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getRunBenchmarks } from '@/lib/data/benchmarks/read';
import { kindSchema } from '@/lib/domain/question';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ runId: string }> };
const querySchema = z.object({ kind: kindSchema.optional() });

export const GET = handleRoute(async (request: Request, { params }: Context) => {
  const viewer = await requireViewer();
  const runId = parseInput(z.uuid(), (await params).runId);
  const { kind } = parseInput(querySchema, searchInput(request));
  return Response.json(await getRunBenchmarks(viewer, runId, { kind: kind ?? null }));
});
