import { Panel } from '@/components/ui/panel';
import type { LabelItem } from '@/lib/domain/calibration/sample';
import { optionLetter } from '@/lib/domain/question';

/** What the model was asked. The truth stands here only once it may show. */
export const BlindQuestion = ({ item: { question, truthShown, asked } }: { item: LabelItem }) => (
  <Panel title="Question">
    <p className="whitespace-pre-wrap break-words">{question.prompt}</p>
    {question.options.length > 0 && (
      <ol className="mt-2 flex flex-col gap-0.5">
        {question.options.map((option, at) => {
          const letter = optionLetter(at);
          const isTruth = truthShown && letter === question.truth;
          return (
            <li key={letter} className={isTruth ? 'font-medium text-check-accuracy' : ''}>
              <span className="inline-block w-5">{letter}</span>
              {option}
              {isTruth && ' ✓ truth'}
            </li>
          );
        })}
      </ol>
    )}
    {truthShown && question.truth !== '' && (
      <p className="mt-2">
        <span className="text-ink-2">Truth: </span>
        <span className="break-words font-medium text-check-accuracy">{question.truth}</span>
      </p>
    )}
    {!truthShown && (
      <p className="mt-2 text-ink-3 text-xs">
        {asked.includes('accuracy')
          ? 'The truth shows once you have said whether thinking and answer agree.'
          : 'The truth shows once you have answered.'}
      </p>
    )}
  </Panel>
);
