import { typeNames } from '@/components/pairs/act-text';
import { Progress } from '@/components/ui/progress';
import { WideTable } from '@/components/ui/wide-table';
import { type PairType, pairTypes } from '@/lib/domain/pair';
import { formatCount } from '@/lib/domain/text/counted';
import type { PairYield } from '@/lib/domain/verifier/what-if/summary';
import type { WhatIf } from '@/lib/domain/verifier/what-if/view';
import { Difference } from './difference';

/** The colour of the check that a type comes from; reflections join two chains and have the ink's. */
const colours: Record<PairType, string> = {
  accuracy: 'bg-check-accuracy',
  consistency: 'bg-check-consistency',
  penalty: 'bg-check-repetition',
  reflection: 'bg-ink-2',
  length: 'bg-check-length',
};

const sumOf = ({ byType }: PairYield): number => pairTypes.reduce((sum, type) => sum + byType[type], 0);
const cell = 'px-3 py-1.5 text-right font-medium';

const Bar = ({ type, pairs, most }: { type: PairType; pairs: number; most: number }) => (
  <div className="h-1.5 rounded-full bg-sunken" aria-hidden>
    <div
      className={`h-full rounded-full ${colours[type]}`}
      style={{ width: `${(pairs / Math.max(1, most)) * 100}%` }}
    />
  </div>
);

/** Pairs that a proposal with the usual settings would give, by type. */
export const PairYieldTable = ({ answer }: { answer: WhatIf }) => {
  const { saved, moved, texts } = answer;
  if (saved.pairs === null || moved.pairs === null) {
    return (
      <div className="flex min-h-60 flex-col gap-2 p-4" role="status">
        <p>
          The texts of these groups are read once to count pairs exactly: {formatCount(texts.read)} of{' '}
          {formatCount(texts.total)} so far. Everything else is counted already.
        </p>
        <Progress label="Texts read" done={texts.read} total={texts.total} />
      </div>
    );
  }
  const [before, after] = [saved.pairs, moved.pairs];
  const most = Math.max(...pairTypes.flatMap((type) => [before.byType[type], after.byType[type]]));
  return (
    <WideTable label="Pairs that a proposal would give" className="text-left">
      <thead>
        <tr className="text-ink-2 text-xs">
          <th scope="col" className="px-4 py-2 font-medium">
            Pairs by type
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            As saved
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            As moved
          </th>
          <th scope="col" className="min-w-16 px-4 py-2 text-right font-medium sm:min-w-28">
            Pairs
          </th>
        </tr>
      </thead>
      <tbody>
        {pairTypes.map((type) => (
          <tr key={type} className="border-line border-t">
            <th scope="row" className="w-1/2 px-4 py-1.5 font-medium">
              {typeNames[type]}
              <Bar type={type} pairs={after.byType[type]} most={most} />
            </th>
            <td className={cell}>{formatCount(before.byType[type])}</td>
            <td className={cell}>{formatCount(after.byType[type])}</td>
            <td className="px-4 py-1.5 text-right">
              <Difference value={after.byType[type] - before.byType[type]} />
            </td>
          </tr>
        ))}
        <tr className="border-line border-t">
          <th scope="row" className="px-4 py-1.5 font-semibold">
            All types
          </th>
          <td className={cell}>{formatCount(sumOf(before))}</td>
          <td className={cell}>{formatCount(sumOf(after))}</td>
          <td className="px-4 py-1.5 text-right">
            <Difference value={sumOf(after) - sumOf(before)} />
          </td>
        </tr>
        <tr className="border-line border-t">
          <th scope="row" className="px-4 py-1.5 font-normal">
            Groups that give a pair
          </th>
          <td className={cell}>{formatCount(before.groups)}</td>
          <td className={cell}>{formatCount(after.groups)}</td>
          <td className="px-4 py-1.5 text-right">
            <Difference value={after.groups - before.groups} />
          </td>
        </tr>
      </tbody>
    </WideTable>
  );
};
