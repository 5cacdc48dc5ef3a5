import type { Metadata } from 'next';
import { JobStates } from '@/components/train/job-states';
import { Recipes } from '@/components/train/recipes';
import { IterationStages } from '@/components/train/stages';
import { TrainerPanel } from '@/components/trainers/trainer-panel';
import { Page } from '@/components/ui/page';
import { listTrainers } from '@/lib/data/trainers/read';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Train' };

export default async function TrainPage() {
  const trainers = await listTrainers(await requirePageViewer());
  return (
    <Page title="Train" lead="What an iteration will do once a trainer is connected. Nothing here starts anything yet.">
      <TrainerPanel initial={trainers} />
      <IterationStages />
      <Recipes />
      <JobStates />
    </Page>
  );
}
