import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getJobMetrics } from '@/lib/data/jobs/metrics';
import { metricCursorSchema } from '@/lib/domain/job';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ jobId: string }> };

/** `after` is a JSON object of the last step known by phase. */
const inputSchema = z.object({
  after: z
    .string()
    .transform((text, { addIssue }): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        addIssue('after is no JSON');
        return z.NEVER;
      }
    })
    .pipe(metricCursorSchema)
    .optional(),
});

export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const jobId = parseInput(z.uuid(), (await params).jobId);
  const { after } = parseInput(inputSchema, searchInput(request));
  return Response.json(await getJobMetrics(viewer, jobId, after));
});
