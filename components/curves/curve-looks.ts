/** Colours, dashes and shapes of the lines. */
import { lookOf, sliceLooks } from '@/components/charts/look';
import type { Look } from '@/components/charts/plot-types';
import type { CurveLine } from '@/lib/domain/curves/lines';
import { formatSlice } from '@/lib/domain/slices/slice';

const placeOf = <T>(values: readonly T[], value: T): number => [...new Set(values)].indexOf(value);

/**
 * By the key of the line. One run's iterations look as slices do everywhere. Where there are several runs, or lines by
 * set, colour says the run or the set, and dash and shape the iteration: all lines are of one stage or two, so that
 * the stage's dash would tell none apart.
 */
export const curveLooks = (lines: readonly CurveLine[]): ReadonlyMap<string, Look> => {
  const owner = ({ runIds, setId }: CurveLine) => `${runIds[0]} ${setId}`;
  const owners = lines.map(owner);
  if (new Set(owners).size <= 1) {
    const looks = sliceLooks(lines.map(({ first }) => first));
    return new Map(lines.map(({ key, first }) => [key, looks.get(formatSlice(first)) ?? lookOf(0)]));
  }
  const turns = lines.map(({ k }) => k).toSorted((a, b) => a - b);
  return new Map(
    lines.map((line) => {
      const { dash, shape } = lookOf(placeOf(turns, line.k));
      return [line.key, { color: lookOf(placeOf(owners, owner(line))).color, dash, shape }];
    }),
  );
};
