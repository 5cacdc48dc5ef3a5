import { formatBytes } from '@/components/ui/number';
import { formatDuration, formatSpeed, sayPairs, saySource } from '@/lib/domain/loop/cost-text';
import type { Estimate, StageCost } from '@/lib/domain/loop/estimate';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { stageNames } from './stage-text';

const workOf = ({ stage, questions, rollouts, pairs, steps }: StageCost): string =>
  [
    questions !== null ? counted(questions, 'question') : '',
    rollouts !== null ? counted(rollouts, stage === 'evaluate' ? 'answer' : 'rollout') : '',
    pairs !== null ? `${sayPairs(pairs)} pairs` : '',
    steps !== null ? counted(steps, 'step') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');

const Total = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="flex items-baseline justify-between gap-3">
    <dt className="text-ink-2">{label}</dt>
    <dd className="text-right font-medium tabular-nums">{children}</dd>
  </div>
);

type CostPanelProps = {
  /** Null while something in the plan is wrong. */
  estimate: Estimate | null;
  /** Bytes that the trainer will still take; null where it has not said. */
  spareBytes: number | null;
  /** Questions counted whose file nobody has looked into yet. */
  pendingQuestions: number;
};

/** What the iteration will cost, and how that is known. */
export const CostPanel = ({ estimate, spareBytes, pendingQuestions }: CostPanelProps) => {
  if (!estimate) return <p className="text-ink-2">The cost shows once every field is right.</p>;
  const { stages, rollouts, steps, pairs, seconds, unmeasured, diskBytes } = estimate;
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-1">
        <Total label="Rollouts">{formatCount(rollouts)}</Total>
        {pairs && <Total label="Pairs">{sayPairs(pairs)}</Total>}
        <Total label="Optimiser steps">{formatCount(steps)}</Total>
        <Total label="Trainer time">
          {seconds === null ? '–' : `${unmeasured.length > 0 ? 'more than' : 'about'} ${formatDuration(seconds)}`}
        </Total>
        <Total label="Disk">{diskBytes === null ? '–' : `up to ${formatBytes(diskBytes)}`}</Total>
      </dl>
      {seconds === null && (
        <p className="text-ink-2">No job has run on this trainer yet: its first steps will tell the speed.</p>
      )}
      {seconds !== null && unmeasured.length > 0 && (
        <p className="text-ink-2">
          Not in it, since no such job has run there: {unmeasured.map((stage) => stageNames[stage]).join(', ')}.
        </p>
      )}
      {pendingQuestions > 0 && (
        <p className="text-ink-2">
          The files of {counted(pendingQuestions, 'question')} were not looked into yet: where one cannot be read, its
          question is left out.
        </p>
      )}
      {spareBytes !== null && diskBytes !== null && diskBytes > spareBytes && (
        <p role="alert" className="text-bad">
          The trainer has {formatBytes(Math.max(0, spareBytes))} to spare: keep fewer checkpoints, or free its disk.
        </p>
      )}
      <ul className="flex flex-col gap-2 border-line border-t pt-3">
        {stages.map((cost) => (
          <li key={cost.stage}>
            <div className="flex items-baseline justify-between gap-3">
              <span className="font-medium">{stageNames[cost.stage]}</span>
              <span className="tabular-nums">{cost.seconds === null ? '' : formatDuration(cost.seconds)}</span>
            </div>
            <div className="text-ink-2 text-xs">{workOf(cost)}</div>
            {cost.speed && (
              <div className="text-ink-3 text-xs">
                {formatSpeed(cost.speed)}, from {saySource(cost.speed)}
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};
