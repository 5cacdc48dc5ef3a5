import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function ImportsLoading() {
  return (
    <Page title="Import">
      <Loading what="imports">
        <Skeleton className="h-64 w-full" />
      </Loading>
    </Page>
  );
}
