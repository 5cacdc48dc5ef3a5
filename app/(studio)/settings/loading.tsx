import { Page } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/states';

export default function SettingsLoading() {
  return (
    <Page title="Settings">
      <Loading what="settings">
        <Skeleton className="h-64 w-full" />
      </Loading>
    </Page>
  );
}
