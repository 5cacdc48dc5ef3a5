import type { Metadata } from 'next';
import Link from 'next/link';
import { acrossAddress } from '@/components/question-comparison/across-address';
import { QuestionFacts } from '@/components/question-sets/question-facts';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { QuestionVideo } from '@/components/video/question-video';
import { VideoProvider } from '@/components/video/video-context';
import { getQuestion, getQuestionVideo } from '@/lib/data/question-sets/question';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Question' };

type Props = { params: Promise<{ setId: string; questionId: string }> };

export default async function QuestionPage({ params }: Props) {
  const viewer = await requirePageViewer();
  const { setId, questionId } = await params;
  const [question, video] = await orNotFound(
    Promise.all([getQuestion(viewer, pageId(setId), pageId(questionId)), getQuestionVideo(viewer, pageId(questionId))]),
  );
  return (
    <Page
      title="Question"
      lead={
        <Link href={`/question-sets/${question.questionSetId}`} className="hover:underline">
          {question.questionSet}
        </Link>
      }
      actions={
        question.runs.length > 0 && (
          <Button asChild>
            <Link href={acrossAddress(question.id)}>Across iterations</Link>
          </Button>
        )
      }
    >
      <VideoProvider media={video.media}>
        <QuestionVideo question={video} />
      </VideoProvider>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <QuestionFacts question={question} />
      </div>
    </Page>
  );
}
