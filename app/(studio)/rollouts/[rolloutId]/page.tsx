import type { Metadata } from 'next';
import { RolloutView } from '@/components/rollouts/rollout-view';
import { getRollout } from '@/lib/data/rollouts/detail';
import { getNeighbours, type Neighbours } from '@/lib/data/rollouts/list';
import { parseRolloutList, toSearchParams } from '@/lib/domain/rollouts/filter';
import { AppError } from '@/lib/errors';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Rollout' };

/** A text search may be too slow to find neighbours by: without them the page is still whole. */
const noneWhenBusy = (error: unknown): Neighbours => {
  if (error instanceof AppError && error.code === 'busy') return { previousId: null, nextId: null };
  throw error;
};

type RolloutPageProps = {
  params: Promise<{ rolloutId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RolloutPage({ params, searchParams }: RolloutPageProps) {
  const viewer = await requirePageViewer();
  const id = pageId((await params).rolloutId);
  const state = parseRolloutList(toSearchParams(await searchParams));
  const rollout = await orNotFound(getRollout(viewer, id));
  const { previousId, nextId } = await getNeighbours(viewer, id, state.filter, state.sort).catch(noneWhenBusy);
  return <RolloutView key={id} initial={rollout} state={state} previousId={previousId} nextId={nextId} />;
}
