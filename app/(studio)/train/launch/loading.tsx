import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function LaunchLoading() {
  return (
    <Page title="Launch">
      <Loading what="what a launch chooses from">
        <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex flex-col gap-4">
            <Skeleton className="h-44 w-full" />
            <Skeleton className="h-64 w-full" />
            <Skeleton className="h-96 w-full" />
          </div>
          <Skeleton className="h-80 w-full" />
        </div>
      </Loading>
    </Page>
  );
}
