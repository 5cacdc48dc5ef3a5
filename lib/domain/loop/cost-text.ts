/** Costs and their sources in words. */
import { formatCount } from '@/lib/domain/text/counted';
import type { PairCount } from './estimate';
import type { Nearness, Speed } from './measured-speed';

/** 42 s, 7 min, 2 h 05 min: as exact as an estimate is. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

const places: Record<Nearness, string> = {
  run: 'of this run',
  base: 'of runs from the same base',
  trainer: 'of other models on this trainer',
};

/** Where a speed is from, e.g. `2 jobs of this run`. */
export const saySource = ({ jobs, nearness, instead }: Speed): string =>
  `${jobs === 1 ? '1 job' : `${jobs} jobs`} ${places[nearness]}${instead === 'sample' ? ', sampling' : ''}`;

/** A speed as people read it: whichever of `0.25 s each` and `4 per second` has no leading zeros. */
export const formatSpeed = ({ secondsPerUnit }: Speed): string =>
  secondsPerUnit >= 1
    ? `${Number(secondsPerUnit.toPrecision(2))} s each`
    : `${Number((1 / secondsPerUnit).toPrecision(2))} per second`;

/** `120`, `about 150`, `at most 400`. */
export const sayPairs = ({ count: pairs, sure }: PairCount): string =>
  sure === 'exactly' ? formatCount(pairs) : `${sure} ${formatCount(pairs)}`;
