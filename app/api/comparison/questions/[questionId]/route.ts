import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getQuestionComparison } from '@/lib/data/question-comparison/comparison';
import { parseQuestionAddress } from '@/lib/domain/question-comparison/address';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ questionId: string }> };

/** One question with the chains of up to four slices. */
export const GET = handleRoute(async (request, { params }: Context) => {
  const viewer = await requireViewer();
  const questionId = parseInput(z.uuid(), (await params).questionId);
  const address = parseQuestionAddress(new URL(request.url).searchParams);
  return Response.json(await getQuestionComparison(viewer, questionId, address));
});
