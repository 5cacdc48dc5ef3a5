import 'server-only';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import type { Outcomes } from '@/lib/domain/outcomes/schema';
import { AppError } from '@/lib/errors';
import { listCosts } from './costs';
import { countDecisions } from './decisions';
import { listPairYields } from './pair-yields';
import { listQuadrants } from './quadrants';

/** What a run came to. Throws `not_found` for foreign runs too. */
export const getOutcomes = async (viewer: Viewer, runId: string): Promise<Outcomes> => {
  const run = await db.run.findFirst({ where: { id: runId, ...visibleTo(viewer) }, select: { id: true } });
  if (!run) throw new AppError('not_found', 'Run not found');
  const [quadrants, pairs, decisions, costs] = await Promise.all([
    listQuadrants(viewer, runId),
    listPairYields(viewer, runId),
    countDecisions(viewer, runId),
    listCosts(viewer, runId),
  ]);
  return { runId, quadrants, pairs, decisions, costs };
};
