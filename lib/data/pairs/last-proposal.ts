import 'server-only';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { planSchema } from '@/lib/domain/loop/plan';
import { type PairSettings, pairSettingsSchema } from '@/lib/domain/pairs/settings';

export type LastProposal = { readonly seed: number; readonly settings: PairSettings };

const askedSchema = z.object({ seed: z.int().nonnegative(), settings: pairSettingsSchema.prefault({}) });
const plannedSchema = planSchema.transform(({ seed, curate }, context): LastProposal => {
  if (curate) return { seed, settings: curate.pairs };
  context.addIssue('it proposes nothing');
  return z.NEVER;
});
const usual: LastProposal = askedSchema.parse({ seed: 0 });

/**
 * With which seed and settings the pairs of an iteration were proposed last: a person's, else its plan's, else the
 * usual ones. Undefined where it has no pairs, and so for foreign iterations.
 */
export const readLastProposal = async (viewer: Viewer, iterationId: string): Promise<LastProposal | undefined> => {
  const iteration = await db.iteration.findFirst({
    where: { id: iterationId, pairs: { some: {} }, ...visibleTo(viewer) },
    select: { plan: true },
  });
  if (!iteration) return undefined;
  const task = await db.task.findFirst({
    where: { kind: 'propose', payload: { path: ['iterationId'], equals: iterationId }, ...visibleTo(viewer) },
    orderBy: { createdAt: 'desc' },
    select: { payload: true },
  });
  return askedSchema.safeParse(task?.payload).data ?? plannedSchema.safeParse(iteration.plan).data ?? usual;
};
