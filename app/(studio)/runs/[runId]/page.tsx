import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { RunView } from '@/components/runs/run-view';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { getRunOverview } from '@/lib/data/run-overview';
import { requireViewer } from '@/lib/data/session';
import { AppError } from '@/lib/errors';

type Props = { params: Promise<{ runId: string }> };

/** Once per request, for the title and the page. */
const load = cache(async (runId: string) => {
  if (!z.uuid().safeParse(runId).success) notFound();
  const viewer = await requireViewer();
  return getRunOverview(viewer, runId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
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
        <Button asChild>
          <Link href={`/rollouts?run=${overview.run.id}`}>Browse rollouts</Link>
        </Button>
      }
    >
      <RunView initial={overview} />
    </Page>
  );
}
