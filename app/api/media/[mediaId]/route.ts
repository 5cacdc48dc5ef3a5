import { z } from 'zod';
import { requireApiViewer } from '@/lib/data/access/session';
import { locateMedia } from '@/lib/data/media/read';
import { AppError } from '@/lib/errors';
import { fileResponse } from '@/lib/http/file-response';
import { handleRoute, parseInput } from '@/lib/http/handle-route';
import { mediaType } from '@/lib/media/media-files';

type Context = { params: Promise<{ mediaId: string }> };

/** The file of a playable video, whole or by Range. Only by id; its path is looked up under its root each time. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireApiViewer(request);
  const { mediaId } = await params;
  const { path } = await locateMedia(viewer, parseInput(z.uuid(), mediaId));
  const type = mediaType(path);
  if (!type) throw new AppError('unsupported', 'This file is no video');
  return fileResponse(request, path, type);
});

export const HEAD = GET;
