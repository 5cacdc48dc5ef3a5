import type { Metadata } from 'next';
import Link from 'next/link';
import { cache } from 'react';
import { LaunchButton } from '@/components/runs/launch-button';
import { RunActions } from '@/components/runs/run-actions';
import { RunTabs } from '@/components/runs/run-tabs';
import { RunView } from '@/components/runs/run-view';
import { SavedViews } from '@/components/saved-views/saved-views';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { getRunOverview } from '@/lib/data/runs/overview';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ runId: string }> };

/** Once per request, for the title and the page. */
const load = cache(async (raw: string) => {
  const viewer = await requirePageViewer();
  return orNotFound(getRunOverview(viewer, pageId(raw)));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).runId)).run.name };
}

export default async function RunPage({ params }: Props) {
  const overview = await load((await params).runId);
  return (
    <Page
      title={overview.run.name}
      lead={overview.run.baseCheckpoint ? `From ${overview.run.baseCheckpoint}` : undefined}
      actions={
        <>
          <SavedViews />
          <Button asChild>
            <Link href={`/rollouts?run=${overview.run.id}`}>Browse rollouts</Link>
          </Button>
          {overview.cells.length > 0 && (
            <RunActions
              runId={overview.run.id}
              // Pairs of an iteration that the loop moves are the loop's own work.
              iterations={overview.iterations.filter(
                ({ id, loop }) => loop === null && overview.cells.some(({ iterationId }) => iterationId === id),
              )}
            />
          )}
          <LaunchButton initial={overview} />
        </>
      }
    >
      <RunTabs runId={overview.run.id} />
      <RunView initial={overview} />
    </Page>
  );
}
