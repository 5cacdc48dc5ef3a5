/** Colours, dashes and shapes of the lines. */
import { lookOf, sliceLooks } from '@/components/charts/look';
import type { Look } from '@/components/charts/plot-types';
import type { CurveLine } from '@/lib/domain/curves/lines';
import { formatSlice } from '@/lib/domain/slices/slice';

const dashes = ['', '7 3', '2 3', '9 3 2 3'] as const;

const placeOf = <T>(values: readonly T[], value: T): number => [...new Set(values)].indexOf(value);

/**
 * By the key of the line. Colour is that of its slice on the whole page; where there are several runs, or lines by set,
 * it says the run and the set. Dash and shape say the iteration, since the stages of these lines are one or two.
 */
export const curveLooks = (lines: readonly CurveLine[]): ReadonlyMap<string, Look> => {
  const slices = sliceLooks(lines.map(({ first }) => first));
  const owner = ({ runIds, setId }: CurveLine) => `${runIds[0]} ${setId}`;
  const owners = lines.map(owner);
  const turns = lines.map(({ k }) => k).toSorted((a, b) => a - b);
  const isOneRun = new Set(owners).size <= 1;
  return new Map(
    lines.map((line) => {
      const own = isOneRun ? slices.get(formatSlice(line.first)) : lookOf(placeOf(owners, owner(line)));
      const turn = placeOf(turns, line.k);
      return [
        line.key,
        {
          color: (own ?? lookOf(0)).color,
          dash: dashes[turn % dashes.length] ?? '',
          shape: lookOf(turn).shape,
        },
      ];
    }),
  );
};
