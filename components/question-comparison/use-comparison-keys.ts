'use client';
import { type RefObject, useMemo } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import type { ComparedChain } from '@/lib/domain/question-comparison/comparison';
import type { ComparisonMove, ComparisonState, SideName } from './comparison-state';

const numbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const shifted = numbers.map((number) => `Shift+${number}`);

type Parts = {
  /** Holds both columns. */
  readonly root: RefObject<HTMLElement | null>;
  readonly chains: Readonly<Record<SideName, readonly ComparedChain[]>>;
  /** A diff stands where the sides were. */
  readonly open: boolean;
  readonly layout: ComparisonState['layout'];
  readonly move: (move: ComparisonMove) => void;
  readonly onToggle: (id: string) => void;
  readonly onToggleAll: () => void;
  /** Before a side takes the focus: where one shows at a time, it comes to the front. */
  readonly onSide: (side: SideName) => void;
};

const heads = (root: HTMLElement | null, side: SideName): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>(`[data-side="${side}"] [data-chain]`) ?? []),
];

/** Where the focus is: side and place from the top; none at first. */
const focusOf = (root: HTMLElement | null): { side: SideName; at: number } => {
  const active = document.activeElement;
  for (const side of ['left', 'right'] as const) {
    const at = heads(root, side).findIndex((head) => head.closest('article')?.contains(active));
    if (at >= 0) return { side, at };
  }
  return { side: 'left', at: -1 };
};

/** The keys of the page. While a diff is open the numbers change what it compares. */
export const useComparisonKeys = (parts: Parts): void => {
  const { root, chains, open, layout, move, onToggle, onToggleAll, onSide } = parts;
  useKeys(
    useMemo((): readonly KeyBinding[] => {
      const choose = (side: SideName, keys: readonly string[]) => (key: string) => {
        const chain = chains[side].find(({ position }) => position === keys.indexOf(key) + 1);
        if (chain) move({ type: 'choose', side, id: chain.id });
      };
      const focus = (side: SideName, at: number) => {
        onSide(side);
        const list = heads(root.current, side);
        list[Math.max(0, Math.min(list.length - 1, at))]?.focus();
      };
      const step = (by: 1 | -1) => () => {
        const { side, at } = focusOf(root.current);
        focus(side, at + by);
      };
      const cross = (side: SideName) => () => focus(side, Math.max(0, focusOf(root.current).at));
      const toggle = () => {
        const card = document.activeElement?.closest<HTMLElement>('[data-chain-id]');
        if (card?.dataset.chainId) onToggle(card.dataset.chainId);
      };
      const common: readonly KeyBinding[] = [
        { keys: numbers.slice(0, 8), says: 'Choose a sample of the left', run: choose('left', numbers) },
        { keys: shifted.slice(0, 8), says: 'Choose a sample of the right', run: choose('right', shifted) },
        { keys: ['x'], says: 'Swap left and right', run: () => move({ type: 'swap' }) },
      ];
      if (open) {
        return [
          ...common,
          { keys: ['Escape', 'd'], says: 'Close the difference', run: () => move({ type: 'close' }) },
          {
            keys: ['i'],
            says: 'Side by side, or in one text',
            run: () => move({ type: 'layout', layout: layout === 'side' ? 'inline' : 'side' }),
          },
        ];
      }
      return [
        ...common,
        { keys: ['d'], says: 'Show what differs between the two chosen', run: () => move({ type: 'open' }) },
        { keys: ['j'], says: 'To the next sample of the side', run: step(1) },
        { keys: ['k'], says: 'To the sample before', run: step(-1) },
        { keys: ['h'], says: 'To the left side', run: cross('left') },
        { keys: ['l'], says: 'To the right side', run: cross('right') },
        { keys: ['e'], says: 'Show or fold the text of the sample in focus; Enter chooses it', run: toggle },
        { keys: ['E'], says: 'Show or fold all texts', run: onToggleAll },
      ];
    }, [root, chains, open, layout, move, onToggle, onToggleAll, onSide]),
  );
};
