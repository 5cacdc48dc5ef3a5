/** The key of a plot: rows of swatches with their names, as many rows as the width asks for. */
import type { Look } from './plot-types';
import { fitText, textWidth } from './text-width';

export type KeyItem = { readonly key: string; readonly name: string; readonly look: Look; readonly hatched?: boolean };
export type PlacedKeyItem = KeyItem & { readonly text: string; readonly x: number; readonly row: number };
export type PlacedKey = {
  readonly rows: number;
  /** Pixels from the top of the picture to its first row. */
  readonly top: number;
  readonly items: readonly PlacedKeyItem[];
};

export const SWATCH_PX = 22;
const GAP_PX = 14;

export const keyLayout = (
  items: readonly KeyItem[],
  width: number,
  widthOf: (text: string) => number = textWidth,
): PlacedKey => {
  let [x, row] = [0, 0];
  const placed = items.map((item) => {
    const text = fitText(item.name, width - SWATCH_PX - 4, widthOf);
    const wide = SWATCH_PX + widthOf(text);
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const here = { ...item, text, x, row };
    x += wide + GAP_PX;
    return here;
  });
  return { rows: items.length === 0 ? 0 : row + 1, top: 0, items: placed };
};
