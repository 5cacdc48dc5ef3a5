import { redirect } from 'next/navigation';
import { findSetOfQuestion } from '@/lib/data/question-sets/question';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = { params: Promise<{ questionId: string }> };

/** A question by its id alone, as logs name it: leads to its page in its set. */
export default async function QuestionPage({ params }: Props) {
  const viewer = await requirePageViewer();
  const questionId = pageId((await params).questionId);
  redirect(`/question-sets/${await orNotFound(findSetOfQuestion(viewer, questionId))}/questions/${questionId}`);
}
