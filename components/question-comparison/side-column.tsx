'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { cx } from '@/components/ui/cx';
import { Empty } from '@/components/ui/states';
import type { ChainOrder } from '@/lib/domain/question-comparison/address';
import { orderChains } from '@/lib/domain/question-comparison/chain-order';
import type { AskedSlice, SliceChains } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';
import { ComparedCard } from './compared-card';
import type { ComparisonMove, SideName } from './comparison-state';
import { SideHead } from './side-head';
import { missingChains, nameAmong } from './slice-words';

type SideColumnProps = {
  readonly side: SideName;
  readonly slice: SliceChains;
  readonly slices: readonly SliceChains[];
  readonly asked: readonly AskedSlice[];
  readonly order: ChainOrder;
  readonly chosen: string | null;
  readonly unfolded: ReadonlySet<string>;
  readonly longest: number;
  readonly questionId: string;
  readonly list: RolloutListState;
  /** On narrow screens one side shows at a time. */
  readonly hidden: boolean;
  readonly move: (move: ComparisonMove) => void;
  readonly onChoose: (side: SideName, id: string) => void;
  readonly onToggle: (id: string) => void;
};

/** The chains of one slice, one below the other. */
export const SideColumn = (props: SideColumnProps) => {
  const { side, slice, slices, asked, order, chosen, unfolded, longest, questionId, list, hidden, move } = props;
  const chains = useMemo(() => orderChains(slice.chains, order), [slice.chains, order]);
  const missing = missingChains(slice);
  const name = nameAmong(slice, slices);
  return (
    <section
      aria-label={`Chains of ${name}, ${side}`}
      data-side={side}
      className={cx(
        'flex min-w-0 flex-col gap-2',
        side === 'left' ? 'xl:order-1' : 'xl:order-3',
        hidden && 'max-md:hidden',
      )}
    >
      <SideHead side={side} slice={slice} asked={asked} move={move} />
      {chains.map((chain) => (
        <ComparedCard
          key={chain.id}
          chain={chain}
          side={side}
          sliceName={name}
          sampler={slice.sampler}
          chosen={chain.id === chosen}
          open={unfolded.has(chain.id)}
          longest={longest}
          list={list}
          onChoose={props.onChoose}
          onToggle={props.onToggle}
        />
      ))}
      {slice.groups.length === 0 && (
        <Empty title={`${sliceName(slice)} was not asked this question`}>
          Choose another slice above: the list has those that were.
        </Empty>
      )}
      {missing > 0 && (
        <p className="text-ink-2">
          {counted(missing, 'chain')} more:{' '}
          <Link
            href={rolloutsOf(slice.runId, {
              facets: { iteration: [String(slice.k)], stage: [slice.stage] },
              question: questionId,
            })}
            className="text-accent hover:underline"
          >
            the list of rollouts has all
          </Link>
          .
        </p>
      )}
    </section>
  );
};
