import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getQuestionWalk } from '@/lib/data/question-comparison/walk';
import { parseQuestionAddress } from '@/lib/domain/question-comparison/address';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ questionId: string }> };

/** The questions around this one in the list that the address names. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const questionId = parseInput(z.uuid(), (await params).questionId);
  const { slices, scope } = parseQuestionAddress(new URL(request.url).searchParams);
  return Response.json(await getQuestionWalk(viewer, questionId, slices, scope));
});
