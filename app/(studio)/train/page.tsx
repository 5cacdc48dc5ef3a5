import { ChevronRight, Rocket } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { IterationList } from '@/components/train/iteration-list';
import { JobStates } from '@/components/train/job-states';
import { Recipes } from '@/components/train/recipes';
import { IterationStages } from '@/components/train/stages';
import { TrainerPanel } from '@/components/trainers/trainer-panel';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { listIterations } from '@/lib/data/iterations/read';
import { listTrainers } from '@/lib/data/trainers/read';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Train' };

export default async function TrainPage() {
  const viewer = await requirePageViewer();
  const [trainers, iterations] = await Promise.all([listTrainers(viewer), listIterations(viewer)]);
  const [latest] = iterations;
  return (
    <Page
      title="Train"
      lead="Iterations under way, and the machines that train."
      actions={
        <Button asChild look="primary">
          {/* The run that was last worked on is the one to go on with; the form offers all others. */}
          <Link href={latest ? `/train/launch?run=${latest.run.id}` : '/train/launch'}>
            <Rocket aria-hidden className="size-4" />
            Launch
          </Link>
        </Button>
      }
    >
      <IterationList initial={iterations} />
      <TrainerPanel initial={trainers} />
      <details className="group">
        <summary className="flex cursor-pointer list-none items-center gap-1 text-ink-2 hover:text-ink">
          <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
          How an iteration works
        </summary>
        <div className="mt-3 flex flex-col gap-4">
          <IterationStages />
          <Recipes />
          <JobStates />
        </div>
      </details>
    </Page>
  );
}
