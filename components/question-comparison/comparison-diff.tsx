'use client';
import { useMemo } from 'react';
import type { DiffLayout } from '@/lib/domain/question-comparison/address';
import type { ComparedChain } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { diffTexts } from '@/lib/domain/text/word-diff';
import type { ComparisonMove, SideName } from './comparison-state';
import { DiffHead } from './diff-head';
import { DiffInline, DiffSide } from './diff-side';
import { chainName } from './slice-words';

type ComparisonDiffProps = {
  readonly a: ComparedChain;
  readonly b: ComparedChain;
  readonly names: Readonly<Record<SideName, string>>;
  readonly layout: DiffLayout;
  readonly list: RolloutListState;
  readonly move: (move: ComparisonMove) => void;
};

/** The two chosen chains word by word, in the places where their sides were: the video stays between them. */
export const ComparisonDiff = ({ a, b, names, layout, list, move }: ComparisonDiffProps) => {
  const diff = useMemo(() => diffTexts(a.response, b.response), [a.response, b.response]);
  const left = { chain: a, side: 'left', sliceName: names.left, list } as const;
  const right = { chain: b, side: 'right', sliceName: names.right, list } as const;
  return (
    <>
      <div className="min-w-0 md:col-span-2 xl:order-first xl:col-span-full">
        <DiffHead
          diff={diff}
          names={{ left: `${chainName(a)} of ${names.left}`, right: `${chainName(b)} of ${names.right}` }}
          layout={layout}
          cut={a.cut || b.cut}
          onLayout={(next) => move({ type: 'layout', layout: next })}
          onSwap={() => move({ type: 'swap' })}
          onClose={() => move({ type: 'close' })}
        />
      </div>
      {layout === 'side' ? (
        <>
          <div className="min-w-0 xl:order-1">
            <DiffSide diff={diff} {...left} />
          </div>
          <div className="min-w-0 xl:order-3">
            <DiffSide diff={diff} {...right} />
          </div>
        </>
      ) : (
        <div className="min-w-0 md:col-span-2 xl:order-1 xl:col-span-1">
          <DiffInline diff={diff} left={left} right={right} />
        </div>
      )}
    </>
  );
};
