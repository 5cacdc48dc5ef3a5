import type { Metadata } from 'next';
import Link from 'next/link';
import { RunList } from '@/components/runs/run-list';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { listRuns } from '@/lib/data/runs/list';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Runs' };

export default async function RunsPage() {
  const runs = await listRuns(await requirePageViewer());
  return (
    <Page
      title="Runs"
      lead="Training campaigns, newest first."
      actions={
        <Button asChild>
          <Link href="/imports">Import rollouts</Link>
        </Button>
      }
    >
      <RunList initial={runs} />
    </Page>
  );
}
