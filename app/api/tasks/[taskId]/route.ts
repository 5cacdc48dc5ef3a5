import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getTask } from '@/lib/data/tasks/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ taskId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { taskId } = await params;
  return Response.json(await getTask(viewer, parseInput(z.uuid(), taskId)));
});
