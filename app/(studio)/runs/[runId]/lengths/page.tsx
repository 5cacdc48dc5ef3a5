import type { Metadata } from 'next';
import Link from 'next/link';
import { cache } from 'react';
import { LengthsView } from '@/components/lengths/lengths-view';
import { RunTabs } from '@/components/runs/run-tabs';
import { SavedViews } from '@/components/saved-views/saved-views';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { listRunNames } from '@/lib/data/runs/list';
import { getRunName } from '@/lib/data/runs/name';
import { listSlices } from '@/lib/data/slices/list';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ runId: string }> };

/** Once per request, for the title and the page. */
const loadName = cache(async (raw: string) => {
  const viewer = await requirePageViewer();
  return orNotFound(getRunName(viewer, pageId(raw)));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Lengths of ${await loadName((await params).runId)}` };
}

export default async function LengthsPage({ params }: Props) {
  const viewer = await requirePageViewer();
  const { runId: raw } = await params;
  const name = await loadName(raw);
  const runId = pageId(raw);
  const [slices, runs] = await Promise.all([listSlices(viewer, [runId]), listRunNames(viewer)]);
  return (
    <Page
      title="Lengths"
      lead={`How long “${name}” thinks, where longer helps, and whether longer wins.`}
      actions={
        <>
          <SavedViews />
          <Button asChild>
            <Link href={`/runs/${runId}`}>Back to the run</Link>
          </Button>
        </>
      }
    >
      <RunTabs runId={runId} />
      <LengthsView runId={runId} initialSlices={slices} runs={runs} />
    </Page>
  );
}
