import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { getRollout } from '@/lib/data/rollouts/detail';
import { handleRoute, parseInput } from '@/lib/http/handle-route';

type Context = { params: Promise<{ rolloutId: string }> };

/** One rollout with its text and verdict. */
export const GET = handleRoute(async (_request, { params }: Context) => {
  const viewer = await requireViewer();
  return Response.json(await getRollout(viewer, parseInput(z.uuid(), (await params).rolloutId)));
});
