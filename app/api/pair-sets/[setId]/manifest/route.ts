import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getPairSetManifest } from '@/lib/data/pair-sets/read';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ setId: string }> };
const paramsSchema = z.object({ setId: z.uuid() });

/** The manifest as the bytes whose sha256 names the set. */
export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { setId } = parseInput(paramsSchema, await params);
  const { number, text } = await getPairSetManifest(viewer, setId);
  return new Response(text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="pair-set-${number}.manifest.json"`,
      'cache-control': 'private, no-store',
    },
  });
});
