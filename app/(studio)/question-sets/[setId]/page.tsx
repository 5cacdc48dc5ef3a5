import type { Metadata } from 'next';
import Link from 'next/link';
import { cache } from 'react';
import { BenchmarkChoice } from '@/components/benchmarks/benchmark-choice';
import { QuestionList } from '@/components/question-sets/question-list';
import { Page } from '@/components/ui/page';
import { getBenchmarkChoice } from '@/lib/data/benchmarks/choose';
import { getQuestionSet } from '@/lib/data/question-sets/read';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ setId: string }> };

/** Once per request, for the title and the page. */
const load = cache(async (raw: string) => {
  const viewer = await requirePageViewer();
  const id = pageId(raw);
  const [set, benchmark] = await orNotFound(Promise.all([getQuestionSet(viewer, id), getBenchmarkChoice(viewer, id)]));
  return { set, benchmark };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).setId)).set.name };
}

export default async function QuestionSetPage({ params }: Props) {
  const { set, benchmark } = await load((await params).setId);
  return (
    <Page
      title={set.name}
      lead={<Link href="/question-sets">Question sets</Link>}
      actions={<BenchmarkChoice setId={set.id} setName={set.name} {...benchmark} />}
    >
      <QuestionList set={set} />
    </Page>
  );
}
