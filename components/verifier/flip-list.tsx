'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Mark } from '@/components/ui/mark';
import { formatFixed } from '@/components/ui/number';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { FlipExampleView, FlipView } from '@/lib/domain/verifier/what-if/view';

/** Shown of each kind before somebody asks for the rest. */
const FEW = 5;

const checkNames = {
  accuracy: 'Accuracy',
  consistency: 'Consistency',
  repetition: 'Repetition',
  length: 'Length',
  format: 'Format',
} as const;

const scoreText = (check: FlipView['check'], score: number): string =>
  check === 'length' ? formatCount(score) : formatFixed(score, 3);

const ANSWER_CHARS = 24;

const whereText = ({ iteration, sampleIndex, answer }: FlipExampleView): string => {
  const short = answer !== null && answer.length > ANSWER_CHARS ? `${answer.slice(0, ANSWER_CHARS)}…` : answer;
  return [
    `k = ${iteration}`,
    sampleIndex === null ? '' : `sample ${sampleIndex}`,
    short ? `answers ${short}` : 'no answer',
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const Example = ({ check, example }: { check: FlipView['check']; example: FlipExampleView }) => (
  <tr className="border-line border-t align-baseline">
    <td className="w-16 py-1 pr-3 text-right font-medium tabular-nums">{scoreText(check, example.score)}</td>
    <td className="w-full max-w-0 py-1 pr-3">
      <Link href={`/rollouts/${example.id}` as Route} className="block truncate hover:text-accent hover:underline">
        {example.prompt || 'A question without words'}
      </Link>
    </td>
    <td className="hidden whitespace-nowrap py-1 pr-3 text-ink-2 text-xs sm:table-cell">{whereText(example)}</td>
    <td className="whitespace-nowrap py-1 text-right text-xs">
      {example.gained && <span className="text-good">+ becomes good</span>}
      {example.lost && <span className="text-bad">− no longer good</span>}
    </td>
  </tr>
);

const goodText = ({ gained, lost }: FlipView): string =>
  [gained > 0 ? `${formatCount(gained)} become good` : '', lost > 0 ? `${formatCount(lost)} are no longer good` : '']
    .filter((part) => part !== '')
    .join(', ');

const FlipKind = ({ flip }: { flip: FlipView }) => {
  const [all, setAll] = useState(false);
  const { check, from, to, rollouts, examples } = flip;
  const title = `${checkNames[check]}: ${from} → ${to}`;
  return (
    <section aria-label={title} className="border-line border-t px-4 py-3 first:border-t-0">
      <h3 className="flex flex-wrap items-baseline gap-x-2">
        <Mark meaning={check} className="self-center" />
        <span className="font-medium">{title}</span>
        <span className="text-ink-2">
          {counted(rollouts, 'rollout')}
          {goodText(flip) === '' ? '' : `; ${goodText(flip)}`}
        </span>
      </h3>
      <table className="mt-1 w-full">
        <caption className="sr-only">
          {title}: the {examples.length} nearest to the threshold
        </caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{check === 'length' ? 'Tokens' : 'Score'}</th>
            <th scope="col">Question</th>
            <th scope="col">Where</th>
            <th scope="col">Good</th>
          </tr>
        </thead>
        <tbody>
          {examples.slice(0, all ? examples.length : FEW).map((example) => (
            <Example key={example.id} check={check} example={example} />
          ))}
        </tbody>
      </table>
      {examples.length > FEW && (
        <Button look="quiet" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `The nearest ${examples.length}`}
        </Button>
      )}
    </section>
  );
};

/** Who would flip, kind by kind; of each those nearest to the threshold, where it is decided whether it is right. */
export const FlipList = ({ flips }: { flips: readonly FlipView[] }) => (
  <>
    {flips.map((flip) => (
      <FlipKind key={`${flip.check} ${flip.from} ${flip.to}`} flip={flip} />
    ))}
  </>
);
