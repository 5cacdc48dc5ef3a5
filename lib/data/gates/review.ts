import 'server-only';
/** The review queue of an iteration with what its gate asks of it: what a person has to decide comes first. */
import { db } from '@/lib/data/db';
import { getPairOverview, listPairIds } from '@/lib/data/pairs/queue';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { type GateView, gateViewSchema, type ReviewOverview } from '@/lib/domain/loop/gate';
import { planSchema } from '@/lib/domain/loop/plan';
import type { PairFilters, PairPage } from '@/lib/domain/pairs/pair-view';
import { readGate, readSample } from './read';

const select = {
  projectId: true,
  k: true,
  state: true,
  plan: true,
  proposedAt: true,
  pairSet: { select: { id: true, number: true } },
} as const;

/** The iteration with its gate; undefined for foreign ones, and where no gate is in the plan. */
const findGated = async (viewer: Viewer, iterationId: string) => {
  const row = await db.iteration.findFirst({ where: { id: iterationId, ...visibleTo(viewer) }, select });
  const plan = row?.plan === null || row?.plan === undefined ? undefined : planSchema.parse(row.plan);
  return row && plan?.curate ? { ...row, gate: plan.curate.gate, seed: plan.seed } : undefined;
};

/** The gate of an iteration; null where its plan has none, for imported ones and for foreign ones. */
const getGateView = async (viewer: Viewer, iterationId: string): Promise<GateView | null> => {
  const found = await findGated(viewer, iterationId);
  if (!found) return null;
  const { projectId, k, state, proposedAt, pairSet, gate, seed } = found;
  const status = proposedAt === null ? null : await readGate(projectId, iterationId, gate, seed);
  return gateViewSchema.parse({ gate, status, iterationId, k, state, pairSet });
};

/** What the review screen begins with. Throws `not_found` for foreign iterations. */
export const getReviewOverview = async (viewer: Viewer, iterationId: string): Promise<ReviewOverview> => {
  const [overview, gate] = await Promise.all([getPairOverview(viewer, iterationId), getGateView(viewer, iterationId)]);
  return { ...overview, gate };
};

/** The sample while the iteration waits for it, else nothing. */
const waitedFor = async (viewer: Viewer, iterationId: string): Promise<readonly string[]> => {
  const found = await findGated(viewer, iterationId);
  if (found?.state !== 'curate' || found.proposedAt === null) return [];
  return (await readSample(found.projectId, iterationId, found.gate, found.seed)).ids;
};

/** One page of the queue, the pairs that its gate waits for first. Throws as `listPairIds`. */
export const listReviewIds = async (
  viewer: Viewer,
  iterationId: string,
  filters: PairFilters,
  after?: string,
): Promise<PairPage> => listPairIds(viewer, iterationId, filters, after, await waitedFor(viewer, iterationId));
