/** Names at the ends of lines, moved apart so that none covers another. */

/**
 * Heights for the names, in the order given: each as near to its wish as the others allow, `gap` apart at least, within
 * `top` and `bottom`. Null when they do not fit at all. Names that touch move as one block to the mean of their wishes
 * (pool adjacent violators), so that the sum of squared moves is the least there is.
 */
export const spreadLabels = (
  wishes: readonly number[],
  gap: number,
  [top, bottom]: readonly [number, number],
): number[] | null => {
  if ((wishes.length - 1) * gap > bottom - top) return null;
  const order = wishes.map((wish, at) => ({ wish, at })).sort((a, b) => a.wish - b.wish || a.at - b.at);
  // The k-th name minus k gaps may not fall: an isotonic regression within the room that is left.
  const blocks: { sum: number; count: number }[] = [];
  for (const [k, { wish }] of order.entries()) {
    let block = { sum: wish - k * gap, count: 1 };
    let before = blocks.at(-1);
    while (before && before.sum / before.count > block.sum / block.count) {
      block = { sum: before.sum + block.sum, count: before.count + block.count };
      blocks.pop();
      before = blocks.at(-1);
    }
    blocks.push(block);
  }
  const most = bottom - (wishes.length - 1) * gap;
  const heights = blocks.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => Math.min(Math.max(sum / count, top), most)),
  );
  const placed: number[] = wishes.map(() => 0);
  for (const [k, { at }] of order.entries()) placed[at] = (heights[k] ?? top) + k * gap;
  return placed;
};
