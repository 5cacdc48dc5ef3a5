import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { QuestionVideo } from '@/components/video/question-video';
import { VideoProvider } from '@/components/video/video-context';
import type { PairView } from '@/lib/domain/pairs/pair-view';
import { isTrueOption, optionLetter } from '@/lib/domain/question';

type PairQuestionProps = { question: PairView['question']; showMedia: boolean; children: ReactNode };

/** What the model was asked, what is right, and the clip beside it. */
export const PairQuestion = ({ question, showMedia, children }: PairQuestionProps) => (
  <div className={cx('grid gap-3', showMedia && 'md:grid-cols-[minmax(0,1fr)_16rem]')}>
    <div className="min-w-0">
      <p className="max-h-40 overflow-auto whitespace-pre-wrap break-words font-medium">{question.prompt}</p>
      {question.options.length > 0 && (
        <ol className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5">
          {question.options.map((option, at) => {
            const right = isTrueOption(question.truth, at);
            return (
              <li key={optionLetter(at)} className={cx('min-w-0 break-words', right && 'font-medium text-good')}>
                <span className="text-ink-2">{optionLetter(at)}.</span> {option}
                {right && <span className="sr-only"> (the right answer)</span>}
                {right && <span aria-hidden> ✓</span>}
              </li>
            );
          })}
        </ol>
      )}
      {question.options.length === 0 && (
        <p className="mt-1">
          <span className="text-ink-2">Truth:</span> {question.truth === '' ? 'not known' : question.truth}
        </p>
      )}
      <div className="mt-2">{children}</div>
    </div>
    {showMedia && (
      <VideoProvider key={question.media?.id} media={question.media}>
        <div className="max-w-64">
          <QuestionVideo question={question} />
        </div>
      </VideoProvider>
    )}
  </div>
);
