import { z } from 'zod';
import { requireApiViewer } from '@/lib/data/access/session';
import { getMedia } from '@/lib/data/media/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ mediaId: string }> };

/** What a video is: state, sentence and probe. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireApiViewer(request);
  const { mediaId } = await params;
  return Response.json(await getMedia(viewer, parseInput(z.uuid(), mediaId)));
});
