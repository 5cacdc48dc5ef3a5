import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { exportLabels } from '@/lib/data/calibration/export';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ sampleId: string }> };
const paramsSchema = z.object({ sampleId: z.uuid() });

/** The labels in force as NDJSON, one line a label. */
export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  const { sampleId } = parseInput(paramsSchema, await params);
  const lines = await exportLabels(viewer, sampleId);
  return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="labels-${sampleId.slice(0, 8)}.ndjson"`,
      'cache-control': 'private, no-store',
    },
  });
});
