import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function RunsLoading() {
  return (
    <Page title="Runs">
      <Loading what="runs">
        <Skeleton className="h-64 w-full" />
      </Loading>
    </Page>
  );
}
