import 'server-only';
/** What the loop makes of a run's iterations: their plans, their jobs, and what they wait for. */
import { db } from '@/lib/data/db';
import { readGate } from '@/lib/data/gates/read';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { planSchema } from '@/lib/domain/loop/plan';
import { statesOf } from '@/lib/domain/loop/stages';
import { type LoopPart, loopPartSchema } from '@/lib/domain/run';

const jobSelect = {
  kind: true,
  stage: true,
  state: true,
  step: true,
  steps: true,
  dataCount: true,
  rollouts: true,
} as const;

/** By iteration, for those that a plan moves; none for foreign runs. */
export const listLoops = async (viewer: Viewer, runId: string): Promise<ReadonlyMap<string, LoopPart>> => {
  const rows = await db.iteration.findMany({
    where: { runId, ...visibleTo(viewer) },
    orderBy: { k: 'asc' },
    select: {
      id: true,
      projectId: true,
      state: true,
      plan: true,
      waitingFor: true,
      proposedAt: true,
      pairSetId: true,
      jobs: { where: { supersededAt: null }, orderBy: { createdAt: 'asc' }, select: jobSelect },
    },
  });
  const loops = rows.map(async ({ id, projectId, state, plan: raw, proposedAt, ...row }) => {
    if (raw === null) return [];
    const plan = planSchema.parse(raw);
    // Counting the gate reads the pairs: only where it holds the loop up.
    const isAtGate = state === 'curate' && proposedAt !== null && plan.curate !== null;
    const gate = isAtGate && plan.curate ? await readGate(projectId, id, plan.curate.gate, plan.seed) : null;
    const part = { ...row, planned: statesOf(plan), toReview: gate?.toReview ?? null };
    return [[id, loopPartSchema.parse(part)] as const];
  });
  return new Map((await Promise.all(loops)).flat());
};
