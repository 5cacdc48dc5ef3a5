import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function RolloutsLoading() {
  return (
    <Page title="Rollouts">
      <Loading what="rollouts">
        <Skeleton className="h-[60vh] w-full" />
      </Loading>
    </Page>
  );
}
