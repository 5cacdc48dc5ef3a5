import type { Metadata } from 'next';
import Link from 'next/link';
import { PairSetList } from '@/components/pair-sets/pair-set-list';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Empty } from '@/components/ui/states';
import { listPairSets } from '@/lib/data/pair-sets/read';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Pair sets' };

export default async function PairSetsPage() {
  const sets = await listPairSets(await requirePageViewer());
  return (
    <Page title="Pair sets" lead="Frozen pairs, numbered. A set never changes.">
      {sets.length > 0 ? (
        <PairSetList sets={sets} />
      ) : (
        <Empty
          title="No pair sets yet"
          action={
            <Button asChild look="primary">
              <Link href="/pairs">Review pairs</Link>
            </Button>
          }
        >
          Approve pairs and freeze them: the set appears here with its manifest and its exports.
        </Empty>
      )}
    </Page>
  );
}
