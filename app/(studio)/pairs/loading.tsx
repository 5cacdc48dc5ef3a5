import { PairSkeleton } from '@/components/pairs/pair-skeleton';
import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function PairsLoading() {
  return (
    <Page title="Pairs">
      <Loading what="the pairs">
        <div className="flex flex-col gap-3">
          <Skeleton className="h-8 w-full" />
          <PairSkeleton />
        </div>
      </Loading>
    </Page>
  );
}
