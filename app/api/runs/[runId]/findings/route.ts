import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { readFindings } from '@/lib/data/findings/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ runId: string }> };

export const GET = handleRoute(async (_request: Request, { params }: Context) => {
  const viewer = await requireViewer();
  return Response.json(await readFindings(viewer, parseInput(z.uuid(), (await params).runId)));
});
