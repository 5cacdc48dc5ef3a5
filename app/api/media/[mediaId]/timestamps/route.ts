import { z } from 'zod';
import { requireApiViewer } from '@/lib/data/access/session';
import { getFrameSeconds } from '@/lib/data/media/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ mediaId: string }> };

/** `{"seconds": […]}`: when each frame is shown on the player's clock, in order. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireApiViewer(request);
  const { mediaId } = await params;
  return Response.json({ seconds: await getFrameSeconds(viewer, parseInput(z.uuid(), mediaId)) });
});
