/**
 * Columns of numbers, summed up thousands of times with other weights. Counts are small whole numbers: several of them
 * share one double, so that one multiplication adds them all. Nothing is rounded: a lane holds at most 53 bits.
 */

/** Where a column is found in its lane: `times` is a power of two. */
type Slot = { readonly lane: number; readonly times: number };

export type PackedColumns = {
  readonly rows: number;
  /** Equal columns stand here once. */
  readonly columns: readonly Float64Array[];
  /** By asked column: its place in `columns`. */
  readonly places: readonly number[];
  /** As many as are summed abreast, or twice as many, …: the last ones may be empty. */
  readonly lanes: readonly Float64Array[];
  /** By place in `columns`. */
  readonly slots: readonly Slot[];
  /** Places in `columns`, those at the top of their lane first: what is left of a lane are the columns below. */
  readonly fromTop: readonly number[];
};

const LANE_BITS = 53;
/** Lanes that are summed in one pass: a sum that waits for the one before it takes four times as long. */
const ABREAST = 4;

const isEqual = (a: Float64Array, b: Float64Array): boolean => {
  for (let row = 0; row < a.length; row += 1) if (a[row] !== b[row]) return false;
  return true;
};

/** Bits that any sum needs whose weights add up to the number of rows; infinite for what is no count. */
const bitsOf = (column: Float64Array): number => {
  let most = 0;
  for (const value of column) {
    if (!Number.isInteger(value) || value < 0) return Infinity;
    if (value > most) most = value;
  }
  return Math.ceil(Math.log2(most * column.length + 1)) + 1;
};

/** Lays columns of one length out, the widest first, each into the first lane with room. Yields column by column. */
export function* packColumns(rows: number, asked: readonly Float64Array[]): Generator<void, PackedColumns> {
  const columns: Float64Array[] = [];
  const places: number[] = [];
  for (const column of asked) {
    const same = columns.findIndex((other) => isEqual(column, other));
    places.push(same < 0 ? columns.push(column) - 1 : same);
    yield;
  }
  const sized: { readonly at: number; readonly bits: number }[] = [];
  for (const [at, column] of columns.entries()) {
    sized.push({ at, bits: bitsOf(column) });
    yield;
  }
  const lanes: Float64Array[] = [];
  const used: number[] = [];
  const slots: Slot[] = columns.map(() => ({ lane: 0, times: 1 }));
  for (const { at, bits } of sized.toSorted((a, b) => b.bits - a.bits)) {
    const free = used.findIndex((taken) => taken + bits <= LANE_BITS);
    const lane = free < 0 ? lanes.push(new Float64Array(rows)) - 1 : free;
    const times = 2 ** (used[lane] ?? 0);
    const [values = new Float64Array(), column = new Float64Array()] = [lanes[lane], columns[at]];
    for (let row = 0; row < rows; row += 1) values[row] = (values[row] ?? 0) + times * (column[row] ?? 0);
    used[lane] = (used[lane] ?? 0) + bits;
    slots[at] = { lane, times };
    yield;
  }
  // Reading past the end of an array would take longer than adding zeros.
  while (lanes.length % ABREAST > 0) lanes.push(new Float64Array(rows));
  const fromTop = [...slots.keys()].sort((a, b) => (slots[b]?.times ?? 0) - (slots[a]?.times ?? 0));
  return { rows, columns, places, lanes, slots, fromTop };
}

/** Adds up `weight[row] × lane[row]`, four lanes abreast. The loop that costs time. */
const sumLanes = ({ rows, lanes }: PackedColumns, weights: Uint16Array): number[] => {
  const nothing = new Float64Array();
  const sums: number[] = [];
  for (let first = 0; first < lanes.length; first += ABREAST) {
    const [a = nothing, b = nothing, c = nothing, d = nothing] = lanes.slice(first, first + ABREAST);
    let [inA, inB, inC, inD] = [0, 0, 0, 0];
    for (let row = 0; row < rows; row += 1) {
      const weight = weights[row] ?? 0;
      inA += weight * (a[row] ?? 0);
      inB += weight * (b[row] ?? 0);
      inC += weight * (c[row] ?? 0);
      inD += weight * (d[row] ?? 0);
    }
    sums.push(inA, inB, inC, inD);
  }
  return sums;
};

/** The weighted sum of each of `columns`, in their order; the weights add up to the number of rows. */
export const sumWeighted = (packed: PackedColumns, weights: Uint16Array): number[] => {
  const rest = sumLanes(packed, weights);
  const found = packed.slots.map(() => 0);
  for (const at of packed.fromTop) {
    const { lane, times } = packed.slots[at] ?? { lane: 0, times: 1 };
    const held = rest[lane] ?? 0;
    const value = times === 1 ? held : Math.floor(held / times);
    found[at] = value;
    rest[lane] = held - value * times;
  }
  return found;
};
