import 'server-only';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { type VerdictAct, verdictActSchema } from '@/lib/domain/verdict-correction';

const payloadSchema = z.object({ value: verdictActSchema.shape.value.optional() });

/** What people did to a rollout's verdict, oldest first; empty for foreign rollouts. */
export const getVerdictHistory = async (viewer: Viewer, rolloutId: string): Promise<VerdictAct[]> => {
  const rows = await db.decision.findMany({
    where: { rolloutId, action: { in: ['correct', 'withdraw'] }, ...visibleTo(viewer) },
    orderBy: { seq: 'asc' },
    select: {
      id: true,
      check: true,
      action: true,
      payload: true,
      reason: true,
      createdAt: true,
      actor: { select: { name: true } },
    },
  });
  return rows.map(({ payload, createdAt, actor, ...row }) =>
    verdictActSchema.parse({
      ...row,
      value: payloadSchema.parse(payload).value ?? null,
      author: actor?.name ?? null,
      at: createdAt.toISOString(),
    }),
  );
};
