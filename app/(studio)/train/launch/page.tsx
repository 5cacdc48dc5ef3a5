import type { Metadata } from 'next';
import { LaunchForm } from '@/components/launch/launch-form';
import { Page } from '@/components/ui/page';
import { readLaunch } from '@/lib/data/launch/read';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Launch' };

type Props = { searchParams: Promise<{ run?: string | string[] }> };

export default async function LaunchPage({ searchParams }: Props) {
  const viewer = await requirePageViewer();
  const { run } = await searchParams;
  const runId = typeof run === 'string' ? pageId(run) : null;
  const choices = await orNotFound(readLaunch(viewer, { runId: runId ?? undefined }));
  return (
    <Page
      title={choices.run ? `Launch iteration ${choices.run.nextK} of ${choices.run.name}` : 'Launch a new run'}
      lead="Every field has its default: of the previous iteration where there is one, else of the recipe."
    >
      {/* A form of its own for every run: what was typed for one says nothing about another. */}
      <LaunchForm key={runId ?? 'new'} runId={runId} initial={choices} />
    </Page>
  );
}
