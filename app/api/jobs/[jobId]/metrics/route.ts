import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getJobMetrics } from '@/lib/data/jobs/metrics';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ jobId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const jobId = parseInput(z.uuid(), (await params).jobId);
  return Response.json(await getJobMetrics(viewer, jobId));
});
