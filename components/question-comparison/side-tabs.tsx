'use client';
import { cx } from '@/components/ui/cx';
import { type SideName, sideNames } from './comparison-state';

type SideTabsProps = {
  readonly front: SideName;
  readonly names: Readonly<Record<SideName, string>>;
  readonly onFront: (side: SideName) => void;
};

/** On narrow screens one side shows at a time. */
export const SideTabs = ({ front, names, onFront }: SideTabsProps) => (
  <fieldset className="grid grid-cols-2 gap-1 rounded-lg bg-sunken p-1 md:hidden">
    <legend className="sr-only">Side that shows</legend>
    {sideNames.map((side) => (
      <button
        key={side}
        type="button"
        aria-pressed={side === front}
        onClick={() => onFront(side)}
        className={cx(
          'min-w-0 truncate rounded px-3 py-1.5 font-medium',
          side === front ? 'bg-surface text-ink shadow-sm' : 'text-ink-2',
        )}
      >
        {side === 'left' ? 'A' : 'B'} · {names[side]}
      </button>
    ))}
  </fieldset>
);
