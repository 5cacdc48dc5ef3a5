import { requireViewer } from '@/lib/data/access/session';
import { listFlippedQuestions } from '@/lib/data/comparison/list-flips';
import { parseComparisonAsked } from '@/lib/domain/comparison/asked';
import { flipsAskedSchema, parseFlipCursor } from '@/lib/domain/comparison/flips-asked';
import { AppError } from '@/lib/errors';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

/** The questions behind one count of flips between two slices. */
export const GET = handleRoute(async (request) => {
  const viewer = await requireViewer();
  const params = new URL(request.url).searchParams;
  const { slices, narrow } = parseComparisonAsked(params);
  const [base, other, ...more] = slices;
  if (!base || !other || more.length > 0) throw new AppError('invalid', 'Flips are listed between two slices');
  const asked = parseInput(flipsAskedSchema, Object.fromEntries(params));
  const cursor = parseFlipCursor(params.get('cursor'));
  return Response.json(await listFlippedQuestions(viewer, [base, other], narrow, asked, cursor));
});
