import type { LineSeries } from '@/components/charts/plot-types';
import type { LengthPlace } from '@/lib/domain/lengths/schema';
import type { Multiple } from './multiples';
import { nameOfValue, type Told } from './series-words';

/** One plot for each value of the facet, in the order of the answer. */
export const plotsByValue = <T extends LengthPlace>(
  told: Told,
  all: readonly T[],
  draw: (own: readonly T[]) => readonly LineSeries[],
): Multiple[] =>
  [...Map.groupBy(all, ({ value }) => value)].map(([value, own]) => ({
    key: value ?? 'all',
    title: nameOfValue(told, value),
    series: draw(own),
  }));
