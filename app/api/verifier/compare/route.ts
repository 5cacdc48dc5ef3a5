import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { compareVersions } from '@/lib/data/verifier/compare';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ run: z.uuid(), from: z.uuid(), to: z.uuid() });

/** Two versions on one run. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { run, from, to } = parseInput(querySchema, searchInput(request));
  return Response.json(await compareVersions(viewer, { runId: run, fromId: from, toId: to }));
});
