import type { Metadata } from 'next';
import { cache } from 'react';
import { PairSetView } from '@/components/pair-sets/pair-set-view';
import { Page } from '@/components/ui/page';
import { getPairSet } from '@/lib/data/pair-sets/read';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ setId: string }> };

/** Once per request, for the title and the page. */
const load = cache(async (raw: string) => orNotFound(getPairSet(await requirePageViewer(), pageId(raw))));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Pair set ${(await load((await params).setId)).number}` };
}

export default async function PairSetPage({ params }: Props) {
  const set = await load((await params).setId);
  const pairs = set.pairCount === 1 ? '1 pair' : `${set.pairCount} pairs`;
  return (
    <Page
      title={`Pair set ${set.number}`}
      lead={`${pairs} of ${set.runName}, iteration ${set.k}. Frozen: it never changes.`}
    >
      <PairSetView set={set} />
    </Page>
  );
}
