import Link from 'next/link';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { Panel } from '@/components/ui/panel';
import { isTrueOption, optionLetter } from '@/lib/domain/question';
import { mediaSentence, type QuestionDetail } from '@/lib/domain/question-set';
import { formatCount } from '@/lib/domain/text/counted';
import { MediaMark } from './media-mark';

/** Everything that is known about a question, as text. */
export const QuestionFacts = ({ question }: { question: QuestionDetail }) => {
  const facts = [
    ['Kind', question.kind],
    ['Modality', question.modality],
    ['Split', question.split],
    ['Source', question.source],
    ['Key', question.key],
    ['Media path', question.mediaPath],
  ] as const;
  return (
    <>
      <Panel title="Question" className="min-w-0">
        <p className="whitespace-pre-wrap break-words text-base">{question.prompt}</p>
        {question.options.length > 0 && (
          <ol className="mt-3 flex flex-col gap-1">
            {question.options.map((option, at) => {
              const letter = optionLetter(at);
              const right = isTrueOption(question.truth, at);
              return (
                <li
                  key={letter}
                  className={
                    right
                      ? 'flex gap-2 rounded border border-good bg-check-accuracy-soft px-2 py-1'
                      : 'flex gap-2 rounded border border-line px-2 py-1'
                  }
                >
                  <span className="font-semibold">{letter}</span>
                  <span className="min-w-0 whitespace-pre-wrap break-words">{option}</span>
                  {right && <span className="ml-auto whitespace-nowrap font-medium text-good">right answer</span>}
                </li>
              );
            })}
          </ol>
        )}
        <p className="mt-3 break-words">
          <span className="text-ink-2">Truth: </span>
          {question.truth === '' ? 'nobody knows it' : question.truth}
        </p>
      </Panel>
      <Panel title="About it" className="min-w-0">
        <p className="mb-3 break-words">
          <MediaMark media={question.media} />
          <span className="ml-2 text-ink-2">{mediaSentence(question.media, question.sentence)}</span>
        </p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {facts.map(([name, value]) =>
            value ? (
              <div key={name} className="contents">
                <dt className="text-ink-2">{name}</dt>
                <dd className="min-w-0 break-all">{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </Panel>
      <Panel title="Rollouts" className="min-w-0">
        {question.runs.length === 0 ? (
          <p className="text-ink-2">No run has answered it.</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {question.runs.map((run) => (
              <li key={run.id}>
                <Link
                  href={rolloutsOf(run.id, { question: question.id })}
                  className="break-words text-accent hover:underline"
                >
                  {formatCount(run.rollouts)} in {run.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
};
