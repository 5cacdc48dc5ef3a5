import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getImport } from '@/lib/data/imports/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ importId: string }> };

export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { importId } = await params;
  return Response.json(await getImport(viewer, parseInput(z.uuid(), importId)));
});
