/**
 * From frame numbers to real time and back. Samplers and models count `index / fps`; a file whose frame rate varies
 * shows its frames at other times, which its sorted presentation timestamps (seconds, from the first frame) say.
 */

/** Real times of sampled frames; null for a frame that the clip does not have. */
export const realTimes = (indices: readonly number[], timestamps: readonly number[]): (number | null)[] =>
  indices.map((index) => timestamps[index] ?? null);

/**
 * The frame on the screen at `seconds`: the last that started then or before; the first one before its start.
 * Undefined when there are no frames.
 */
export const indexAtTime = (timestamps: readonly number[], seconds: number): number | undefined => {
  if (timestamps.length === 0) return undefined;
  let [low, high] = [0, timestamps.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((timestamps[middle] ?? Number.POSITIVE_INFINITY) <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
};

/**
 * Where to seek so that a player shows frame `index`: the middle of its time on screen, since a seek to its very
 * start may round to the frame before. The last frame is taken to last as long as the one before it. Undefined
 * beyond the clip.
 */
export const seekTimeOf = (timestamps: readonly number[], index: number): number | undefined => {
  const start = timestamps[index];
  if (start === undefined) return undefined;
  const next = timestamps[index + 1];
  if (next !== undefined) return (start + next) / 2;
  const before = timestamps[index - 1];
  return before === undefined ? start : start + (start - before) / 2;
};

/** The same for a constant rate, without timestamps. */
export const seekTimeAtRate = (index: number, fps: number): number => (index + 0.5) / fps;
