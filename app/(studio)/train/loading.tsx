import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function TrainLoading() {
  return (
    <Page title="Train">
      <Loading what="what moves">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-40 w-full" />
          <Skeleton className="h-32 w-full" />
        </div>
      </Loading>
    </Page>
  );
}
