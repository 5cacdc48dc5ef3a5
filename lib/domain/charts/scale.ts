/** Numbers to places on an axis, and the round numbers that stand beside it. */

export type ScaleKind = 'linear' | 'log';
export type Ends = readonly [low: number, high: number];

/** Where a value stands between the ends, 0 at the low one and 1 at the high one; a log scale puts what is below its low end there. */
export const placeOn = (kind: ScaleKind, [low, high]: Ends, value: number): number => {
  if (high <= low) return 0.5;
  if (kind === 'linear') return (value - low) / (high - low);
  return Math.log(Math.max(value, low) / low) / Math.log(high / low);
};

const steps = [1, 2, 5, 10];

/** The smallest of 1, 2, 5 times a power of ten that is at least `size`. */
const roundStep = (size: number): number => {
  const power = 10 ** Math.floor(Math.log10(size));
  return (steps.find((step) => step * power >= size * (1 - 1e-9)) ?? 10) * power;
};

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
const clean = (value: number): number => Number(value.toPrecision(12));

const multiples = ([low, high]: Ends, step: number): number[] => {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => clean((first + at) * step));
};

/** Round numbers from end to end, as many as `most + 1` at most; at least one. */
export const linearTicks = ([low, high]: Ends, most: number): number[] => {
  if (!(high > low)) return [low];
  const fine = roundStep((high - low) / (Math.max(1, most) + 1));
  const ticks = multiples([low, high], fine);
  const fewer = ticks.length <= most + 1 ? ticks : multiples([low, high], roundStep(fine * 1.01));
  return fewer.length > 0 ? fewer : [low];
};

/** Powers of ten from end to end with 2 and 5 between them where there is room for `most`; every second power and so on where there is not. */
export const logTicks = ([low, high]: Ends, most: number): number[] => {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const within = (ticks: number[]) => ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const powers = (factors: readonly number[], stride: number) =>
    within(
      Array.from({ length: Math.floor((to - from) / stride) + 1 }, (_, at) => 10 ** (from + at * stride)).flatMap(
        (power) => factors.map((factor) => clean(power * factor)),
      ),
    );
  const choices = [powers([1, 2, 5], 1), powers([1, 3], 1), ...[1, 2, 3, 4, 6].map((stride) => powers([1], stride))];
  const ticks = choices.find(({ length }) => length >= 2 && length <= most + 1);
  return ticks ?? linearTicks([low, high], most).filter((tick) => tick > 0);
};

const powerOf = (value: number): number => 10 ** Math.floor(Math.log10(value) + 1e-9);
/** To 1, 2 or 5 times a power of ten. */
const roundDown = (value: number): number =>
  clean(([5, 2].find((step) => step * powerOf(value) <= value * (1 + 1e-9)) ?? 1) * powerOf(value));
const roundUp = (value: number): number =>
  clean(([1, 2, 5].find((step) => step * powerOf(value) >= value * (1 - 1e-9)) ?? 10) * powerOf(value));

/** Round ends around the values. Linear: zero is an end when it lies no further off than the values spread. Log: the values above zero. */
export const endsOf = (kind: ScaleKind, values: readonly number[], most: number): Ends => {
  const there = values.filter((value) => Number.isFinite(value) && (kind === 'linear' || value > 0));
  const [first] = there;
  if (first === undefined) return kind === 'log' ? [1, 10] : [0, 1];
  const low = there.reduce((a, b) => Math.min(a, b), first);
  const high = there.reduce((a, b) => Math.max(a, b), first);
  if (kind === 'log') {
    const from = roundDown(low);
    return low === high ? [from, clean(10 * from)] : [from, roundUp(high)];
  }
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, 2 * low), Math.max(0, 2 * low)];
  const spread = high - low;
  const from = low >= 0 && low <= spread ? 0 : low;
  const to = high <= 0 && -high <= spread ? 0 : high;
  const step = roundStep((to - from) / Math.max(1, most));
  return [clean(Math.floor(from / step + 1e-9) * step), clean(Math.ceil(to / step - 1e-9) * step)];
};
