import { z } from 'zod';
import { settingsFile } from '@/lib/domain/verifier/settings-file';
import { requireTokenViewer } from '@/lib/http/api-viewer';
import { requireVersion } from '@/lib/http/batch-route';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

const paramsSchema = z.object({ number: z.coerce.number().int().positive() });
type Context = { params: Promise<{ number: string }> };

/** A verifier version as the settings file that `npm run verifier` takes. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireTokenViewer(request);
  const { number } = parseInput(paramsSchema, await params);
  return Response.json(settingsFile(await requireVersion(viewer, number)));
});
