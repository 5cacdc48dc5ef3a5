import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getJob } from '@/lib/data/jobs/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ jobId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const jobId = parseInput(z.uuid(), (await params).jobId);
  return Response.json(await getJob(viewer, jobId));
});
