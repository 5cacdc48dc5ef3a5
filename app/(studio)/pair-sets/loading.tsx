import { Page } from '@/components/ui/page';
import { Loading } from '@/components/ui/states';

export default function PairSetsLoading() {
  return (
    <Page title="Pair sets">
      <Loading what="the pair sets" />
    </Page>
  );
}
