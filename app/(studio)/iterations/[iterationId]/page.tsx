import type { Metadata } from 'next';
import { cache } from 'react';
import { IterationView } from '@/components/iterations/iteration-view';
import { getIteration } from '@/lib/data/iterations/read';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ iterationId: string }> };

/** Once per request, for the title and the page. */
const load = cache(async (raw: string) => orNotFound(getIteration(await requirePageViewer(), pageId(raw))));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { k, run } = await load((await params).iterationId);
  return { title: `Iteration ${k} of ${run.name}` };
}

export default async function IterationPage({ params }: Props) {
  const view = await load((await params).iterationId);
  return <IterationView key={view.id} initial={view} />;
}
