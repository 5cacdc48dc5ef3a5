'use client';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/states';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { WhatIf } from '@/lib/domain/verifier/what-if/view';
import { FlipList } from './flip-list';
import { PairYieldTable } from './pair-yield-table';
import { WhatIfTable } from './what-if-table';

type ResultsProps = {
  answer: WhatIf | undefined;
  error: Error | null;
  /** The answer is that of the thresholds before. */
  isOld: boolean;
  isMoved: boolean;
  onRetry: () => void;
  onSave: () => void;
};

const Skeletons = () => (
  <Loading what="what would change">
    <div className="flex flex-col gap-4">
      <Skeleton className="h-[36rem] w-full" />
      <Skeleton className="h-72 w-full" />
      <Skeleton className="h-48 w-full" />
    </div>
  </Loading>
);

const NothingRead = ({ unread }: { unread: number }) => (
  <Panel>
    <Empty title={unread > 0 ? 'This version has read none of these rollouts' : 'Nothing is verified here yet'}>
      {unread > 0
        ? `Its rules, n-gram or tokenizer are others than those that read the ${counted(unread, 'rollout')}. Choose the version that the run stands on, or use this one for the run first: then it reads them.`
        : 'Verify the run, then its scores can be tried with other thresholds.'}
    </Empty>
  </Panel>
);

const Flips = ({ answer, isMoved }: { answer: WhatIf; isMoved: boolean }) => (
  <Panel title="Rollouts that would flip" flush>
    {answer.flips.length === 0 ? (
      <p className="px-4 py-6 text-ink-2">
        {isMoved
          ? 'None: every rollout stands as it does now.'
          : 'Move a threshold: the rollouts whose verdict would change show here, those nearest to it first.'}
      </p>
    ) : (
      <FlipList flips={answer.flips} />
    )}
  </Panel>
);

/** What the moved thresholds come to. The answer before stays, dimmed, until the next is there. */
export const WhatIfResults = ({ answer, error, isOld, isMoved, onRetry, onSave }: ResultsProps) => {
  if (error) return <Failed error={error} onRetry={onRetry} />;
  if (!answer) return <Skeletons />;
  const { saved, moved, flipped, unread } = answer;
  if (saved.summary.rollouts === 0) return <NothingRead unread={unread} />;
  return (
    <div aria-busy={isOld} className={cx('flex min-w-0 flex-col gap-4', isOld && 'opacity-70')}>
      <Panel
        title="What would change"
        flush
        actions={
          <Button look="primary" onClick={onSave}>
            Save as version…
          </Button>
        }
      >
        <p role="status" className="px-4 pt-3 pb-1">
          {isMoved
            ? `${formatCount(flipped)} of ${counted(saved.summary.rollouts, 'rollout')} would stand otherwise in some check.`
            : `${counted(saved.summary.rollouts, 'rollout')}, as they stand under the saved version.`}
          {unread > 0 &&
            ` ${counted(unread, 'rollout')} not read by this version ${unread === 1 ? 'is' : 'are'} left out.`}
        </p>
        <WhatIfTable saved={saved.summary} moved={moved.summary} />
      </Panel>
      <Panel title="Pairs that a proposal would give" flush>
        <PairYieldTable answer={answer} />
        <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
          With the usual pair settings, at most 4 a question, from rollouts that are no evaluation. Pairs that people
          decided stay.
        </p>
      </Panel>
      <Flips answer={answer} isMoved={isMoved} />
    </div>
  );
};
