import 'server-only';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { pairActionSchema } from '@/lib/domain/pair';
import { actsInForce, type PairAct, pairActSchema } from '@/lib/domain/pairs/life';
import type { PairHistoryItem } from '@/lib/domain/pairs/pair-view';
import { getPair } from './view';

const MAX_SHOWN = 500;

const detailOf = (act: PairAct, samples: ReadonlyMap<string, number>): string | null => {
  switch (act.action) {
    case 'replace_chosen':
    case 'replace_rejected': {
      const sample = act.payload.rolloutId === null ? undefined : samples.get(act.payload.rolloutId);
      return sample === undefined ? null : `sample ${sample}`;
    }
    case 'edit':
      return `the ${act.payload.side} text, ${act.payload.text.length} characters`;
    default:
      return null;
  }
};

/** Every act on a pair, oldest first, at most the first 500. Throws `not_found` for foreign pairs too. */
export const listPairHistory = async (viewer: Viewer, pairId: string): Promise<PairHistoryItem[]> => {
  const pair = await getPair(viewer, pairId);
  const samples = new Map(pair.samples.map(({ rolloutId, sample }) => [rolloutId, sample]));
  const rows = await db.decision.findMany({
    where: { pairId, ...visibleTo(viewer) },
    orderBy: { seq: 'asc' },
    take: MAX_SHOWN,
    select: { id: true, action: true, payload: true, policy: true, createdAt: true, actor: { select: { name: true } } },
  });
  const acts = rows.map((row) => pairActSchema.parse(row));
  const inForce = new Set(actsInForce(acts).map(({ id }) => id));
  return rows.map((row, at) => {
    const act = acts[at];
    return {
      id: row.id,
      action: pairActionSchema.parse(row.action),
      who: row.actor?.name ?? row.policy ?? 'someone who is no longer here',
      at: row.createdAt.toISOString(),
      undone: row.action !== 'undo' && !inForce.has(row.id),
      detail: act ? detailOf(act, samples) : null,
    };
  });
};
