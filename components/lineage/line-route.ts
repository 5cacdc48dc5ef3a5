/** The lines between the boxes of a lineage. */

export const BOX_PX = 38;

/** Of a box: percent of the width from the left, pixels from the top. */
export type Place = { readonly left: number; readonly right: number; readonly top: number; readonly middle: number };

/** A line, where it ends, and where its head points there. */
export type LineRoute = {
  readonly d: string;
  readonly x: number;
  readonly y: number;
  readonly heads: 'right' | 'left' | 'down';
};

/** A line from one box to another: along the lane, or out of the bottom where it leads down or back. */
export const routeOf = (from: Place, to: Place, around: number | null): LineRoute => {
  // Around what stands between, in the room that the column leaves at its right.
  if (around !== null) {
    const d = `M${from.right} ${from.middle}H${from.right + around}V${to.middle}H${to.right}`;
    return { d, x: to.right, y: to.middle, heads: 'left' };
  }
  const ahead = { x: to.left, y: to.middle, heads: 'right' } as const;
  if (to.left >= from.right) {
    const bend = (from.right + to.left) / 2;
    const late = to.left - (to.left - from.right > 20 ? 1.2 : (to.left - from.right) / 2);
    const at = Math.max(bend, late);
    const turn = from.middle === to.middle ? '' : `H${at}V${to.middle}`;
    return { d: `M${from.right} ${from.middle}${turn}H${to.left}`, ...ahead };
  }
  const x = (from.left + from.right) / 2;
  const target = (to.left + to.right) / 2;
  const bottom = from.top + BOX_PX;
  if (to.top <= from.top) {
    return { d: `M${from.left} ${from.middle}H${from.left - 0.8}V${to.middle}H${to.left}`, ...ahead };
  }
  const turn = to.top - 5;
  return { d: `M${x} ${bottom}V${turn}H${target}V${to.top}`, x: target, y: to.top, heads: 'down' };
};
