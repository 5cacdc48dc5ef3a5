import type { Metadata } from 'next';
import { RolloutBrowser } from '@/components/rollouts/rollout-browser';
import { SavedViews } from '@/components/saved-views/saved-views';
import { Page } from '@/components/ui/page';
import { getRolloutFacets } from '@/lib/data/rollouts/facets';
import { listRolloutPage } from '@/lib/data/rollouts/page';
import { listRunNames } from '@/lib/data/runs/list';
import { formatRolloutList, parseRolloutList, toSearchParams } from '@/lib/domain/rollouts/filter';
import { AppError } from '@/lib/errors';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Rollouts' };

type RolloutsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** A search that is too broad leaves the place empty; the browser asks again and shows the sentence. */
const orLater = <T,>(data: Promise<T>): Promise<T | undefined> =>
  data.catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'busy') return undefined;
    throw error;
  });

export default async function RolloutsPage({ searchParams }: RolloutsPageProps) {
  const viewer = await requirePageViewer();
  const state = parseRolloutList(toSearchParams(await searchParams));
  const [page, facets, runs] = await Promise.all([
    orLater(listRolloutPage(viewer, state, undefined)),
    orLater(getRolloutFacets(viewer, state.filter)),
    listRunNames(viewer),
  ]);
  return (
    <Page title="Rollouts" lead="What the model thought, question by question." actions={<SavedViews />}>
      <RolloutBrowser initial={{ address: formatRolloutList(state).toString(), page, facets }} runs={runs} />
    </Page>
  );
}
