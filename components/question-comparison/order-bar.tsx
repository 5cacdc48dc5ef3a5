'use client';
import { ArrowLeftRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/field';
import { type ChainOrder, chainOrders } from '@/lib/domain/question-comparison/address';

type OrderBarProps = {
  readonly order: ChainOrder;
  readonly allOpen: boolean;
  readonly onOrder: (order: ChainOrder) => void;
  readonly onToggleAll: () => void;
  readonly onSwap: () => void;
};

const orderNames: Readonly<Record<ChainOrder, string>> = {
  sample: 'As sampled',
  length: 'Longest first',
  reward: 'Highest reward first',
};

/** The order of the chains, and whether their texts show. */
export const OrderBar = ({ order, allOpen, onOrder, onToggleAll, onSwap }: OrderBarProps) => (
  <div className="ml-auto flex flex-wrap items-center gap-2">
    <Select
      aria-label="Order of the chains"
      className="w-auto"
      value={order}
      onChange={({ target }) => onOrder(chainOrders.find((one) => one === target.value) ?? 'sample')}
    >
      {chainOrders.map((one) => (
        <option key={one} value={one}>
          {orderNames[one]}
        </option>
      ))}
    </Select>
    <Button aria-pressed={allOpen} onClick={onToggleAll}>
      {allOpen ? 'Fold all texts' : 'Show all texts'}
    </Button>
    <Button onClick={onSwap}>
      <ArrowLeftRight aria-hidden className="size-4" /> Swap
    </Button>
  </div>
);
