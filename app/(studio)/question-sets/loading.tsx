import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function QuestionSetsLoading() {
  return (
    <Page title="Question sets">
      <Loading what="question sets">
        <Skeleton className="h-64 w-full" />
      </Loading>
    </Page>
  );
}
