/** Where the dots of the lengths stand: one row for each slice, equal lengths above one another. Pure, to be tested. */
import type { Size } from '@/components/charts/line-layout';
import { sliceLooks } from '@/components/charts/look';
import { type PlottedAxis, pixelOf, plotAxis } from '@/components/charts/plot-axis';
import type { PlotMark } from '@/components/charts/plot-mark';
import type { Look } from '@/components/charts/plot-types';
import { textWidth } from '@/components/charts/text-width';
import { rolloutAddress } from '@/components/rollouts/addresses';
import type { ComparedChain, SliceChains } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { formatSlice } from '@/lib/domain/slices/slice';
import { formatCount } from '@/lib/domain/text/counted';
import { meanLength, measuredChains } from './length-data';
import { chainName, lengthText, nameAmong } from './slice-words';

export const ROW_PX = 64;
/** Ticks and the words of the axis. */
export const FOOT_PX = 34;
const DOT_PX = 9;
/** Room above the dots of a row. */
const ROW_HEAD_PX = 6;
const MOST_NAME = 0.3;

export type LengthRow = {
  readonly key: string;
  readonly name: string;
  readonly look: Look;
  /** The line that its dots stand on. */
  readonly base: number;
  readonly mean: number | null;
  readonly dots: readonly { readonly id: string; readonly x: number; readonly y: number; readonly right: boolean }[];
};

export type LengthLayout = {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly axis: PlottedAxis;
  readonly rows: readonly LengthRow[];
  readonly marks: readonly PlotMark[];
};

const verdictText = ({ correct, consistency }: ComparedChain): string =>
  [correct === null ? 'no truth' : correct ? 'correct' : 'wrong', consistency ?? 'not verified'].join(', ');

export const lengthLayout = (
  slices: readonly SliceChains[],
  list: RolloutListState,
  { width }: Pick<Size, 'width'>,
  widthOf: (text: string) => number = textWidth,
): LengthLayout => {
  const looks = sliceLooks(slices);
  const names = slices.map((slice) => nameAmong(slice, slices));
  const left = Math.ceil(Math.min(width * MOST_NAME, Math.max(0, ...names.map(widthOf)) + 14));
  const right = Math.max(left + 10, width - 14);
  const bottom = slices.length * ROW_PX;
  // From zero: a difference of two tokens must not look like a difference of thousands.
  const tokens = slices.flatMap(({ chains }) => measuredChains(chains).map(({ thinkTokens }) => thinkTokens));
  const axis = plotAxis({ label: 'thinking', unit: 'tokens', format: formatCount, scale: 'linear' }, [0, ...tokens], {
    most: Math.max(2, Math.floor((right - left) / 70)),
    exact: false,
  });
  const at = (value: number) => pixelOf(axis, value, left, right);
  const marks: PlotMark[] = [];
  const rows = slices.flatMap((slice, place): LengthRow[] => {
    const look = looks.get(formatSlice(slice));
    const name = names[place] ?? '';
    if (!look) return [];
    const base = (place + 1) * ROW_PX - DOT_PX;
    const columns = Map.groupBy(measuredChains(slice.chains), ({ thinkTokens }) =>
      Math.round(at(thinkTokens) / DOT_PX),
    );
    const highest = Math.max(1, ...[...columns.values()].map(({ length }) => length));
    const step = Math.min(DOT_PX, (ROW_PX - ROW_HEAD_PX - DOT_PX) / highest);
    const dots = [...columns.values()].flatMap((column) =>
      column.map((chain, raised) => {
        const spot = { x: at(chain.thinkTokens), y: base - raised * step };
        marks.push({
          ...spot,
          line: place,
          look,
          words: {
            title: `${chainName(chain)} of ${name}`,
            lines: [lengthText(chain), verdictText(chain)],
            href: rolloutAddress(chain.id, list),
          },
        });
        return { id: chain.id, ...spot, right: chain.correct === true };
      }),
    );
    const mean = meanLength(slice.chains);
    return [{ key: formatSlice(slice), name, look, base, mean: mean === null ? null : at(mean), dots }];
  });
  return { left, right, bottom, axis, rows, marks };
};
