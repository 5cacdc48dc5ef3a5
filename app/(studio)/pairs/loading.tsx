import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function PairsLoading() {
  return (
    <Page title="Pairs">
      <Loading what="the pairs">
        <div className="flex flex-col gap-3">
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-24 w-full" />
          <div className="grid gap-3 md:grid-cols-2">
            <Skeleton className="h-96" />
            <Skeleton className="h-96" />
          </div>
        </div>
      </Loading>
    </Page>
  );
}
