'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { SavedViews } from '@/components/saved-views/saved-views';
import { Page } from '@/components/ui/page';
import { Empty, Failed } from '@/components/ui/states';
import { VideoProvider } from '@/components/video/video-context';
import { formatComparisonQuery, type QuestionAddress } from '@/lib/domain/question-comparison/address';
import type { QuestionComparison, SliceChains } from '@/lib/domain/question-comparison/comparison';
import { formatSlice, type Slice } from '@/lib/domain/slices/slice';
import { questionComparisonQuery } from '@/lib/queries/question-comparison';
import { ComparisonBody } from './comparison-body';
import { addressOf } from './comparison-state';
import { useComparison } from './use-comparison';
import { WalkLinks } from './walk-links';

type QuestionComparisonViewProps = {
  readonly questionId: string;
  readonly initial: QuestionComparison;
  readonly start: QuestionAddress;
};

const addressText = (shown: Pick<QuestionAddress, 'slices' | 'groups'>): string =>
  formatComparisonQuery(shown).toString();

/** The slice of that name; while others are still read, one that stands there from before, so that nothing jumps. */
const sideIn = ({ slices }: QuestionComparison, wanted: Slice | undefined): SliceChains | undefined =>
  slices.find((slice) => wanted && formatSlice(slice) === formatSlice(wanted)) ?? slices.at(-1);

/** One question as two slices answered it, around its video. */
export const QuestionComparisonView = ({ questionId, initial, start }: QuestionComparisonViewProps) => {
  const [state, move] = useComparison(questionId, start);
  const known = addressText(state) === addressText(start) ? initial : undefined;
  const {
    data = initial,
    error,
    refetch,
    isPlaceholderData,
  } = useQuery(questionComparisonQuery(questionId, state, known));
  const left = sideIn(data, state.slices[state.left]);
  const right = sideIn(data, state.slices[state.right]);
  return (
    <VideoProvider media={data.question.media}>
      <Page
        title="One question across iterations"
        lead={
          <span className="flex flex-wrap gap-x-1.5">
            <Link href={`/questions/${questionId}`} className="hover:text-accent hover:underline">
              {data.setName}
            </Link>
            <span>· {data.kind}</span>
          </span>
        }
        actions={
          <>
            {left && right && (
              <WalkLinks
                questionId={questionId}
                sides={state.left > state.right ? [right, left] : [left, right]}
                address={addressOf(state)}
              />
            )}
            <SavedViews />
          </>
        }
      >
        {error && <Failed error={error} onRetry={() => void refetch()} />}
        {left && right ? (
          <ComparisonBody
            questionId={questionId}
            comparison={data}
            left={left}
            right={right}
            state={state}
            move={move}
            busy={isPlaceholderData}
          />
        ) : (
          !isPlaceholderData && (
            <Empty title="No run was asked this question">
              When rollouts of it come in, by an import or from a trainer, they stand here side by side.
            </Empty>
          )
        )}
      </Page>
    </VideoProvider>
  );
};
