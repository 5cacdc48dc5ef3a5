import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { requireApiViewer } from '@/lib/data/access/session';
import { getFrameSeconds, locateMedia } from '@/lib/data/media/read';
import { AppError } from '@/lib/errors';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';
import { frameWidths, readFrame } from '@/lib/media/frames';

type Context = { params: Promise<{ mediaId: string; index: string }> };
const paramsSchema = z.object({
  mediaId: z.uuid(),
  index: z
    .string()
    .regex(/^\d{1,7}$/, 'The index of a frame is a number from 0')
    .transform(Number),
});
const querySchema = z.object({ width: z.enum(frameWidths).default('320') });
const CACHE_SECONDS = 3_600;

/** Frame `index` (from 0, in the order shown) as JPEG: `?width=160|320|640|full`. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireApiViewer(request);
  const { mediaId, index } = parseInput(paramsSchema, await params);
  const { width } = parseInput(querySchema, searchInput(request));
  const { path, probe } = await locateMedia(viewer, mediaId);
  if (!probe) throw new AppError('conflict', 'The studio has not looked at this video yet');
  const frameSeconds = await getFrameSeconds(viewer, mediaId);
  const { size, mtimeMs } = await stat(path);
  const { rotation, displayWidth, displayHeight } = probe;
  const source = { path, version: `${size}-${mtimeMs}`, rotation, displayWidth, displayHeight, frameSeconds };
  const jpeg = await readFrame(source, index, width);
  return new Response(new Uint8Array(jpeg), {
    headers: { 'content-type': 'image/jpeg', 'cache-control': `private, max-age=${CACHE_SECONDS}` },
  });
});
