import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { handleRoute, parseInput } from '@/lib/http/handle-route';
import { retryTask } from '@/lib/jobs/queue';

type Context = { params: Promise<{ taskId: string }> };

/** Runs a failed or cancelled task again; it continues from what it had committed. */
export const POST = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { taskId } = await params;
  await retryTask(viewer, parseInput(z.uuid(), taskId));
  return new Response(null, { status: 204 });
});
