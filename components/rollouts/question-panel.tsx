import { Panel } from '@/components/ui/panel';
import { isTrueOption, optionLetter } from '@/lib/domain/question';
import type { QuestionView } from '@/lib/domain/rollouts/detail';

/** What the model was asked; the true option is marked. */
export const QuestionPanel = ({ question }: { question: QuestionView }) => (
  <Panel title="Question">
    <p className="whitespace-pre-wrap break-words">{question.prompt}</p>
    {question.options.length > 0 && (
      <ol className="mt-2 flex flex-col gap-0.5">
        {question.options.map((option, at) => {
          const letter = optionLetter(at);
          const isTruth = isTrueOption(question.truth, at);
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
    {question.options.length === 0 && (
      <p className="mt-2">
        <span className="text-ink-2">Truth: </span>
        <span className="font-medium text-check-accuracy">{question.truth === '' ? 'not known' : question.truth}</span>
      </p>
    )}
  </Panel>
);
