import { cx } from '@/components/ui/cx';
import { Badge, Mark, meaningText } from '@/components/ui/mark';
import type { ShownStanding } from '@/lib/domain/rollouts/row';
import { type Outcome, outcomesOf } from './outcome';

/** One outcome in words: a fault stands on its check's ground, what is fine is quiet. */
export const OutcomeBadge = ({ outcome }: { outcome: Outcome }) =>
  outcome.good === false ? (
    <Badge meaning={outcome.check}>
      {outcome.check === 'accuracy' && <span aria-hidden>✕</span>}
      {outcome.text}
    </Badge>
  ) : (
    <span
      className={cx(
        'inline-flex items-center gap-1 whitespace-nowrap px-1.5 py-px text-xs',
        outcome.good ? meaningText[outcome.check] : 'text-ink-3',
      )}
    >
      <Mark meaning={outcome.check} className={outcome.good ? '' : 'text-ink-3'} />
      {outcome.text}
    </span>
  );

/** Accuracy and consistency always; of the other checks only the faults. */
export const StandingBadges = ({ standing, className }: { standing: ShownStanding; className?: string }) => (
  <span className={cx('flex flex-wrap items-center gap-1', className)}>
    {outcomesOf(standing)
      .filter(({ check, good }) => check === 'accuracy' || check === 'consistency' || good === false)
      .map((outcome) => (
        <OutcomeBadge key={outcome.check} outcome={outcome} />
      ))}
  </span>
);
