import { cx } from '@/components/ui/cx';
import type { PairView } from '@/lib/domain/pairs/pair-view';
import { optionLetter } from '@/lib/domain/question';
import { mediaSentence } from '@/lib/domain/question-set';

type PairQuestionProps = { question: PairView['question']; showMedia: boolean };

const Media = ({ question }: { question: PairView['question'] }) => {
  if (question.media === 'playable' && question.mediaId !== null) {
    return (
      <video
        key={question.mediaId}
        src={`/api/media/${question.mediaId}`}
        controls
        muted
        preload="metadata"
        className="max-h-56 w-full rounded-md bg-black"
      />
    );
  }
  return <p className="rounded-md bg-sunken p-3 text-ink-2">{mediaSentence(question.media, question.mediaSentence)}</p>;
};

/** What the model was asked, what is right, and the clip beside it. */
export const PairQuestion = ({ question, showMedia }: PairQuestionProps) => (
  <div className={cx('grid gap-3', showMedia && 'md:grid-cols-[minmax(0,1fr)_20rem]')}>
    <div className="min-w-0">
      <p className="max-h-40 overflow-auto whitespace-pre-wrap break-words font-medium">{question.prompt}</p>
      {question.options.length > 0 && (
        <ol className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5">
          {question.options.map((option, at) => {
            const right = question.truth === optionLetter(at);
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
    </div>
    {showMedia && <Media question={question} />}
  </div>
);
