import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { listRolloutPage } from '@/lib/data/rollouts/page';
import { parseRolloutCursor } from '@/lib/domain/rollouts/cursor';
import { parseRolloutList } from '@/lib/domain/rollouts/filter';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

const cursorSchema = z
  .string()
  .nullable()
  .transform((text, context) => {
    if (text === null) return undefined;
    const cursor = parseRolloutCursor(text);
    if (cursor) return cursor;
    context.addIssue({ code: 'custom', message: 'This cursor came from no list' });
    return z.NEVER;
  });

/** One page of rollouts or groups; the filter is that of the page's address. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const { searchParams } = new URL(request.url);
  const cursor = parseInput(cursorSchema, searchParams.get('cursor'));
  return Response.json(await listRolloutPage(viewer, parseRolloutList(searchParams), cursor));
});
