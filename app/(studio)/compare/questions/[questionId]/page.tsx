import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { QuestionComparisonView } from '@/components/question-comparison/question-comparison-view';
import { getQuestionComparison } from '@/lib/data/question-comparison/comparison';
import { formatQuestionAddress, parseQuestionAddress } from '@/lib/domain/question-comparison/address';
import { completeSides } from '@/lib/domain/question-comparison/complete';
import { toSearchParams } from '@/lib/domain/rollouts/filter';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'One question across iterations' };

type Props = {
  params: Promise<{ questionId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function QuestionComparisonPage({ params, searchParams }: Props) {
  const viewer = await requirePageViewer();
  const questionId = pageId((await params).questionId);
  const address = parseQuestionAddress(toSearchParams(await searchParams));
  const comparison = await orNotFound(getQuestionComparison(viewer, questionId, address));
  const whole = completeSides(address.slices, comparison.asked);
  // The address says all that is shown, so that it can be shared and kept.
  if (whole.slices.length > address.slices.length) {
    redirect(`/compare/questions/${questionId}?${formatQuestionAddress({ ...address, ...whole })}` as Route);
  }
  return <QuestionComparisonView key={questionId} questionId={questionId} initial={comparison} start={address} />;
}
