import { cx } from '@/components/ui/cx';
import { type ItemPlace, nextCheck } from '@/lib/domain/calibration/sample';

const stateOf = (place: ItemPlace): 'done' | 'begun' | 'open' => {
  if (nextCheck(place) === undefined) return 'done';
  return Object.keys(place.mine).length > 0 ? 'begun' : 'open';
};
const stateWords = { done: 'answered', begun: 'begun', open: 'to answer' } as const;
const stateSigns = { done: '●', begun: '◐', open: '○' } as const;

type StripProps = { places: readonly ItemPlace[]; at: number; onGo: (position: number) => void };

/** All items of the sample in order: which are answered, and where one is. */
export const ItemStrip = ({ places, at, onGo }: StripProps) => (
  <ol aria-label="Items of the sample" className="flex max-h-24 flex-wrap gap-1 overflow-y-auto">
    {places.map((place) => {
      const state = stateOf(place);
      const here = place.position === at;
      return (
        <li key={place.position}>
          <button
            type="button"
            aria-label={`Item ${place.position}, ${stateWords[state]}`}
            {...(here ? { 'aria-current': 'step' as const } : {})}
            onClick={() => onGo(place.position)}
            className={cx(
              'flex h-8 min-w-8 flex-col items-center justify-center rounded border text-[11px] tabular-nums leading-none',
              here ? 'border-accent bg-accent-soft font-semibold' : 'border-line hover:bg-sunken',
              state === 'open' ? 'text-ink-2' : 'text-ink',
            )}
          >
            {place.position}
            <span aria-hidden className={cx('text-[9px]', state === 'done' && 'text-good')}>
              {stateSigns[state]}
            </span>
          </button>
        </li>
      );
    })}
  </ol>
);
