import { cx } from '@/components/ui/cx';
import type { RolloutRow } from '@/lib/domain/rollouts/row';

type Place = Pick<RolloutRow, 'runName' | 'iteration' | 'stage' | 'step' | 'setName' | 'kind'>;

/** Where in the loop something was sampled, in one line. */
export const PlaceLine = ({ place, className }: { place: Place; className?: string }) => (
  <span className={cx('flex flex-wrap gap-x-1.5 text-ink-3 text-xs', className)}>
    <span className="truncate">{place.runName}</span>
    <span>· k = {place.iteration}</span>
    <span>· {place.stage}</span>
    <span>· step {place.step}</span>
    {place.setName !== place.runName && <span className="truncate">· {place.setName}</span>}
    <span>· {place.kind}</span>
  </span>
);
