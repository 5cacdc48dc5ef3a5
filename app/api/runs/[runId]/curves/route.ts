import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getCurves } from '@/lib/data/curves/read';
import { parseCurveChoice } from '@/lib/domain/curves/choice';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ runId: string }> };

export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const runId = parseInput(z.uuid(), (await params).runId);
  return Response.json(await getCurves(viewer, runId, parseCurveChoice(new URL(request.url).searchParams)));
});
