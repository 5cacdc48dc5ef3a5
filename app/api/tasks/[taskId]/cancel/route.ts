import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { cancelTask } from '@/lib/data/tasks/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ taskId: string }> };

/** Asks a task to stop. 204 means that it will, not that it has. */
export const POST = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { taskId } = await params;
  await cancelTask(viewer, parseInput(z.uuid(), taskId));
  return new Response(null, { status: 204 });
});
