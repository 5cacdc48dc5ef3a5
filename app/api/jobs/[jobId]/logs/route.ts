import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getJobLogs, logPageSchema } from '@/lib/data/jobs/logs';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ jobId: string }> };

export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const jobId = parseInput(z.uuid(), (await params).jobId);
  const page = parseInput(logPageSchema, Object.fromEntries(new URL(request.url).searchParams));
  return Response.json(await getJobLogs(viewer, jobId, page));
});
