import { Panel } from '@/components/ui/panel';
import type { LabelItem } from '@/lib/domain/calibration/sample';
import { optionLetter } from '@/lib/domain/question';
import { parseResponse } from '@/lib/domain/verifier/response';

const MAX_ANSWER_CHARS = 400;

/** The answer as it stands in the text: long chains end below the fold. Where it is no letter, nothing is made of it. */
const Answer = ({ response }: { response: string }) => {
  const span = parseResponse(response).answer;
  return (
    <p className="mt-2 border-line border-t pt-2">
      {span ? (
        <>
          <span className="text-ink-2">Its answer: </span>
          <span className="whitespace-pre-wrap break-words font-medium">
            {response.slice(span.start, span.end).slice(0, MAX_ANSWER_CHARS)}
          </span>
        </>
      ) : (
        'The response holds no answer: there is nothing to be consistent with, so say unsure.'
      )}
    </p>
  );
};

/** What the model was asked, and what it answered. The truth stands here only once it may show. */
export const BlindQuestion = ({ item: { question, response, truthShown, asked } }: { item: LabelItem }) => (
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
    <Answer response={response} />
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
