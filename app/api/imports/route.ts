import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listImports } from '@/lib/data/imports/read';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';
import { readJson } from '@/lib/http/read-json';
import { startImport, startImportSchema } from '@/lib/jobs/start-import';

const MAX_BODY_BYTES = 64 * 1024;
const querySchema = z.object({ before: z.uuid().optional() });

export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { before } = parseInput(querySchema, searchInput(request));
  return Response.json(await listImports(viewer, before));
});

/** Starts an import of an uploaded file or of a path under an import root; the worker does it. */
export const POST = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const wanted = parseInput(startImportSchema, await readJson(request, MAX_BODY_BYTES));
  return Response.json({ id: await startImport(viewer, wanted) }, { status: 202 });
});
