'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import { CURRICULUM_SHOWN, type Curriculum } from '@/lib/domain/curriculum';
import { formatCount } from '@/lib/domain/text/counted';
import { curriculumQuery } from '@/lib/queries/curriculum';
import { curriculumAddress } from './curriculum-address';
import { DroppedList } from './dropped-list';
import { TurnTable } from './turn-table';

type CurriculumViewProps = {
  runId: string;
  /** Only what this iteration left out. */
  k: number | undefined;
  /** May change it; reviewers only look. */
  engineer: boolean;
  initial: Curriculum;
};

const NoneYet = () => (
  <Empty title="Nothing is left out yet">
    When an iteration with GRPO and a curriculum ends, most of the questions that all its rollouts answered right are
    left out of the next ones. They are listed here, and any of them can be put back.
  </Empty>
);

const NoneEasy = ({ k }: { k: number | undefined }) => (
  <Empty title={k === undefined ? 'No question was left out' : `Iteration ${k} left no question out`}>
    Too few of its questions, or none, were answered right by every rollout.
  </Empty>
);

/** What a run's iterations found too easy, and the questions that the next ones leave out for it. */
export const CurriculumView = ({ runId, k, engineer, initial }: CurriculumViewProps) => {
  const { data, error, refetch } = useQuery({ ...curriculumQuery(runId, k), initialData: initial });
  const { iterations, questions, more } = data;
  if (iterations.length === 0) {
    return <Panel>{error ? <Failed error={error} onRetry={() => void refetch()} /> : <NoneYet />}</Panel>;
  }
  return (
    <>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <Panel title="By iteration" flush>
        <TurnTable runId={runId} turns={iterations} k={k} />
      </Panel>
      <Panel
        flush
        title={k === undefined ? 'Questions left out' : `Left out by iteration ${k}`}
        actions={
          k !== undefined && (
            <Link href={curriculumAddress(runId)} className="text-accent hover:underline">
              Show all iterations
            </Link>
          )
        }
      >
        {questions.length === 0 ? (
          <NoneEasy k={k} />
        ) : (
          <DroppedList key={k} runId={runId} rows={questions} engineer={engineer} />
        )}
        {more && (
          <p className="border-line border-t px-4 py-2 text-ink-2">
            The first {formatCount(CURRICULUM_SHOWN)} are listed. Choose one iteration to see fewer.
          </p>
        )}
      </Panel>
    </>
  );
};
