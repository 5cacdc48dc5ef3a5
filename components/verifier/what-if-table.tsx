import { Mark, type Meaning } from '@/components/ui/mark';
import { formatFixed, formatPercent } from '@/components/ui/number';
import { WideTable } from '@/components/ui/wide-table';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import type { Summary } from '@/lib/domain/verifier/what-if/summary';
import { Difference } from './difference';

type Row = {
  readonly label: string;
  readonly meaning?: Meaning;
  readonly says: string;
  readonly of: (summary: Summary) => Proportion;
  /** What is left out of the denominator. */
  readonly beside?: (summary: Summary) => string;
};

const left = (undetermined: number, all: number): string =>
  `${all === 0 ? '–' : formatPercent(undetermined / all)} undetermined`;

const rows: readonly Row[] = [
  { label: 'Good', says: 'what a pair may choose', of: ({ good, rollouts }) => proportion(good, rollouts) },
  {
    label: 'Correct',
    meaning: 'accuracy',
    says: 'of those with a truth',
    of: ({ correct, judged }) => proportion(correct, judged),
  },
  {
    label: 'Inconsistent',
    meaning: 'consistency',
    says: 'of those decided; no threshold moves it',
    of: ({ consistent, inconsistent }) => proportion(inconsistent, consistent + inconsistent),
    beside: ({ undetermined, rollouts }) => left(undetermined, rollouts),
  },
  {
    label: 'Inconsistent though correct',
    meaning: 'consistency',
    says: 'of the correct ones that are decided',
    of: ({ rightConsistent, rightInconsistent }) => proportion(rightInconsistent, rightConsistent + rightInconsistent),
    beside: ({ rightUndetermined, correct }) => left(rightUndetermined, correct),
  },
  {
    label: 'Repetitive',
    meaning: 'repetition',
    says: 'of all',
    of: ({ repetitive, rollouts }) => proportion(repetitive, rollouts),
  },
  {
    label: 'Too short',
    meaning: 'length',
    says: 'of all',
    of: ({ lengths, rollouts }) => proportion(lengths.too_short, rollouts),
  },
  {
    label: 'Too long',
    meaning: 'length',
    says: 'of all',
    of: ({ lengths, rollouts }) => proportion(lengths.too_long, rollouts),
  },
];

const Share = ({ of, beside }: { of: Proportion; beside: string | undefined }) => (
  <>
    <div className="font-medium">{of.share === null ? '–' : formatPercent(of.share)}</div>
    <div className="whitespace-nowrap text-ink-3 text-xs">
      {formatCount(of.count)} / {formatCount(of.total)}
    </div>
    {of.share !== null && (
      <div className="whitespace-nowrap text-ink-3 text-xs">
        <span className="hidden sm:inline">95 %: </span>
        {(of.low * 100).toFixed(1)} – {(of.high * 100).toFixed(1)}
      </div>
    )}
    {beside && <div className="text-ink-3 text-xs sm:whitespace-nowrap">{beside}</div>}
  </>
);

const cell = 'px-1.5 py-1.5 text-right align-top sm:px-3';
const first = 'py-1.5 pr-1 pl-4 text-left align-top font-normal';
const last = 'py-1.5 pr-4 pl-1.5 text-right align-top';

/** What holds as saved beside what would hold, check by check, each share with its denominator and interval. */
export const WhatIfTable = ({ saved, moved }: { saved: Summary; moved: Summary }) => (
  <WideTable label="Shares as saved and as moved" className="text-left">
    <thead>
      <tr className="text-ink-2 text-xs">
        <th scope="col" className="py-2 pr-1 pl-4 font-medium">
          Share of rollouts
        </th>
        <th scope="col" className="px-1.5 py-2 text-right font-medium sm:px-3">
          As saved
        </th>
        <th scope="col" className="px-1.5 py-2 text-right font-medium sm:px-3">
          As moved
        </th>
        <th scope="col" className="min-w-14 py-2 pr-4 pl-1.5 text-right font-medium sm:min-w-28">
          Points
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ label, meaning, says, of, beside }) => {
        const [before, after] = [of(saved), of(moved)];
        const points = before.share === null || after.share === null ? null : (after.share - before.share) * 100;
        return (
          <tr key={label} className="border-line border-t">
            <th scope="row" className={first}>
              <span className="flex items-center gap-1.5 font-medium">
                {meaning && <Mark meaning={meaning} />}
                {label}
              </span>
              <span className="text-ink-3 text-xs">{says}</span>
            </th>
            <td className={cell}>
              <Share of={before} beside={beside?.(saved)} />
            </td>
            <td className={cell}>
              <Share of={after} beside={beside?.(moved)} />
            </td>
            <td className={last}>
              <Difference value={points} digits={1} />
            </td>
          </tr>
        );
      })}
      <tr className="border-line border-t">
        <th scope="row" className={first}>
          <span className="font-medium">Mean reward</span> <span className="text-ink-3 text-xs">accuracy and form</span>
        </th>
        <td className={`${cell} font-medium`}>{formatFixed(saved.meanReward, 3)}</td>
        <td className={`${cell} font-medium`}>{formatFixed(moved.meanReward, 3)}</td>
        <td className={last}>
          <Difference value={(moved.meanReward ?? 0) - (saved.meanReward ?? 0)} digits={3} />
        </td>
      </tr>
    </tbody>
  </WideTable>
);
