/** What a person does on the page of one question across slices, as one value and its moves. */
import type { ChainOrder, DiffLayout, QuestionAddress } from '@/lib/domain/question-comparison/address';
import { MOST_COMPARED } from '@/lib/domain/question-comparison/comparison';
import { formatSlice, type Slice } from '@/lib/domain/slices/slice';

export const sideNames = ['left', 'right'] as const;
export type SideName = (typeof sideNames)[number];

export type ComparisonState = Omit<QuestionAddress, 'diff'> & {
  /** Rollouts chosen for a diff, of the left and of the right. */
  readonly chosen: Readonly<Record<SideName, string | null>>;
  /** The diff of the two chosen ones is open; only then are they in the address. */
  readonly open: boolean;
};

export type ComparisonMove =
  /** Chooses a chain, or lets go of it; while a diff is open the other side stands and this one is replaced. */
  | { readonly type: 'choose'; readonly side: SideName; readonly id: string }
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  /** Left becomes right, the chosen chains with them. */
  | { readonly type: 'swap' }
  | { readonly type: 'layout'; readonly layout: DiffLayout }
  | { readonly type: 'order'; readonly order: ChainOrder }
  /** Shows a slice on one side; a fifth one takes the place of what stood there. */
  | { readonly type: 'show'; readonly side: SideName; readonly slice: Slice }
  /** Takes a slice that stands on neither side out of the distributions. */
  | { readonly type: 'drop'; readonly slice: Slice }
  | { readonly type: 'add'; readonly slice: Slice }
  /** Shows another group of a slice instead of the `others` it has. */
  | { readonly type: 'group'; readonly side: SideName; readonly id: string; readonly others: readonly string[] };

export const otherSide = (side: SideName): SideName => (side === 'left' ? 'right' : 'left');

/** Where an address begins. */
export const startOf = ({ diff, ...address }: QuestionAddress): ComparisonState => ({
  ...address,
  chosen: { left: diff?.a ?? null, right: diff?.b ?? null },
  open: diff !== null,
});

/** What the address of a state says. */
export const addressOf = ({ chosen: { left: a, right: b }, open, ...address }: ComparisonState): QuestionAddress => ({
  ...address,
  diff: open && a !== null && b !== null ? { a, b } : null,
});

const placeOf = (slices: readonly Slice[], slice: Slice): number => {
  const key = formatSlice(slice);
  return slices.findIndex((other) => formatSlice(other) === key);
};

/** Another slice or group stands there: what was chosen of it is no longer on the page. */
const letGo = (state: ComparisonState, side: SideName): ComparisonState => ({
  ...state,
  chosen: { ...state.chosen, [side]: null },
  open: false,
});

const choose = (state: ComparisonState, side: SideName, id: string): ComparisonState => {
  const again = state.chosen[side] === id;
  if (state.open) return { ...state, chosen: { ...state.chosen, [side]: id } };
  return { ...state, chosen: { ...state.chosen, [side]: again ? null : id } };
};

const show = (state: ComparisonState, side: SideName, slice: Slice): ComparisonState => {
  const { slices } = state;
  const place = placeOf(slices, slice);
  if (place === state[side]) return state;
  if (place >= 0) return letGo({ ...state, [side]: place }, side);
  if (slices.length < MOST_COMPARED) {
    return letGo({ ...state, slices: [...slices, slice], [side]: slices.length }, side);
  }
  // The slice of the other side stays: where both sides show the same one, a spare place is taken.
  const spare = slices.findIndex((_, at) => at !== state.left && at !== state.right);
  const at = state.left === state.right ? spare : state[side];
  return letGo({ ...state, slices: slices.with(at, slice), [side]: at }, side);
};

const drop = (state: ComparisonState, slice: Slice): ComparisonState => {
  const place = placeOf(state.slices, slice);
  if (place < 0 || place === state.left || place === state.right) return state;
  const after = (at: number) => (at > place ? at - 1 : at);
  return {
    ...state,
    slices: state.slices.toSpliced(place, 1),
    left: after(state.left),
    right: after(state.right),
  };
};

/** The state after a move; one that is not possible leaves it as it is. */
export const moveComparison = (state: ComparisonState, move: ComparisonMove): ComparisonState => {
  const { slices, chosen } = state;
  switch (move.type) {
    case 'choose':
      return choose(state, move.side, move.id);
    case 'open':
      return chosen.left !== null && chosen.right !== null ? { ...state, open: true } : state;
    case 'close':
      return { ...state, open: false };
    case 'swap':
      return {
        ...state,
        left: state.right,
        right: state.left,
        chosen: { left: chosen.right, right: chosen.left },
      };
    case 'layout':
      return { ...state, layout: move.layout };
    case 'order':
      return { ...state, order: move.order };
    case 'show':
      return show(state, move.side, move.slice);
    case 'drop':
      return drop(state, move.slice);
    case 'add':
      return slices.length < MOST_COMPARED && placeOf(slices, move.slice) < 0
        ? { ...state, slices: [...slices, move.slice] }
        : state;
    case 'group':
      return letGo(
        { ...state, groups: [...state.groups.filter((id) => !move.others.includes(id)), move.id] },
        move.side,
      );
  }
};
