import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listImportFolder } from '@/lib/data/imports/folders';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ folder: z.string().min(1).max(4_000).optional() });

/** The declared import roots, or what lies in a folder under one of them. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { folder } = parseInput(querySchema, searchInput(request));
  return Response.json(await listImportFolder(viewer, folder));
});
