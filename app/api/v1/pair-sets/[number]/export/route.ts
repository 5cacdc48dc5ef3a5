import { z } from 'zod';
import { requireApiViewer } from '@/lib/data/access/session';
import { exportOptionsSchema, exportPairSet } from '@/lib/data/pair-sets/export';
import { findPairSetByNumber } from '@/lib/data/pair-sets/read';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ number: string }> };
const paramsSchema = z.object({ number: z.coerce.number().int().positive().max(2_147_483_647) });

/** Reads on only as fast as the other end takes it, and stops when it goes away. */
const streamOf = (lines: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
};

/** DPO data, one JSON object per line, streamed as it is read; `x-pair-count` says how many lines come. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireApiViewer(request);
  const { number } = parseInput(paramsSchema, await params);
  const options = parseInput(exportOptionsSchema, searchInput(request));
  const { fileName, count, lines } = await exportPairSet(viewer, await findPairSetByNumber(viewer, number), options);
  return new Response(streamOf(lines), {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'private, no-store',
      'x-pair-count': String(count),
    },
  });
});
