import type { Metadata } from 'next';
import Link from 'next/link';
import { cache } from 'react';
import { QuestionList } from '@/components/question-sets/question-list';
import { Page } from '@/components/ui/page';
import { getQuestionSet } from '@/lib/data/question-sets/read';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ setId: string }> };

/** Once per request, for the title and the page. */
const load = cache(async (raw: string) => {
  const viewer = await requirePageViewer();
  return orNotFound(getQuestionSet(viewer, pageId(raw)));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).setId)).name };
}

export default async function QuestionSetPage({ params }: Props) {
  const set = await load((await params).setId);
  return (
    <Page title={set.name} lead={<Link href="/question-sets">Question sets</Link>}>
      <QuestionList set={set} />
    </Page>
  );
}
