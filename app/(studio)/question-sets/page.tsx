import type { Metadata } from 'next';
import { SetList } from '@/components/question-sets/set-list';
import { Page } from '@/components/ui/page';
import { listQuestionSets } from '@/lib/data/question-sets/read';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Question sets' };

export default async function QuestionSetsPage() {
  const sets = await listQuestionSets(await requirePageViewer());
  return (
    <Page title="Question sets" lead="What rollouts answer, by the set they came in.">
      <SetList initial={sets} />
    </Page>
  );
}
