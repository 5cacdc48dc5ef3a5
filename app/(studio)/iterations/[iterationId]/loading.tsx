import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function IterationLoading() {
  return (
    <Page title="Iteration">
      <Loading what="the iteration">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-20 w-full" />
          <Skeleton className="h-64 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      </Loading>
    </Page>
  );
}
