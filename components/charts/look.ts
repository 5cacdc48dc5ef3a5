/** Colours, dashes and shapes of series. One palette (app/globals.css); what its test guarantees stands in palette.test.ts. */
import type { Meaning } from '@/components/ui/mark';
import type { Stage } from '@/lib/domain/rollout';
import { formatSlice, type Slice } from '@/lib/domain/slices/slice';
import type { Look } from './plot-types';

/** More series than this in one chart share colours and are told apart by their dash and shape. */
export const SERIES_COLORS = 8;

const dashes = ['', '7 3', '2 3', '9 3 2 3'] as const;
const shapes = ['circle', 'square', 'diamond', 'triangle', 'cross', 'star'] as const;

const at = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0];
const colorOf = (index: number): string => `var(--series-${(index % SERIES_COLORS) + 1})`;

/**
 * The look of the series at `index`, from 0: eight colours and six shapes; the seventh takes the first shape again with
 * the next dash, so that dash and shape alone tell 24 series apart, and colour alone the first eight.
 */
export const lookOf = (index: number): Look => ({
  color: colorOf(index),
  dash: at(dashes, Math.floor(index / shapes.length)),
  shape: at(shapes, index),
});

const meanings: Readonly<Record<Meaning, Look>> = {
  format: { color: 'var(--check-format)', dash: '', shape: 'square' },
  accuracy: { color: 'var(--check-accuracy)', dash: '', shape: 'circle' },
  consistency: { color: 'var(--check-consistency)', dash: '7 3', shape: 'diamond' },
  repetition: { color: 'var(--check-repetition)', dash: '2 3', shape: 'star' },
  length: { color: 'var(--check-length)', dash: '9 3 2 3', shape: 'triangle' },
  chosen: { color: 'var(--chosen)', dash: '', shape: 'cross' },
  rejected: { color: 'var(--rejected)', dash: '7 3', shape: 'square' },
};

/** The look of what has a fixed meaning everywhere: the checks, chosen and rejected. */
export const meaningLook = (meaning: Meaning): Look => meanings[meaning];

/** What is neither good nor bad and no series: the rest, the undetermined, other people's figures. */
export const plainLook: Look = { color: 'var(--series-plain)', dash: '', shape: 'circle' };

/** Sampling of the loop is whole, what follows it is dashed. */
const stageDashes: Readonly<Record<Stage, string>> = {
  activation: '9 3 2 3',
  grpo: '',
  verify: '2 3',
  curate: '2 3',
  dpo: '7 3',
  eval: '2 3',
};

const stageShapes: Readonly<Record<Stage, Look['shape']>> = {
  activation: 'star',
  grpo: 'circle',
  verify: 'triangle',
  curate: 'cross',
  dpo: 'square',
  eval: 'diamond',
};

/** The shape that stands for a stage in every chart of slices. */
export const stageShape = (stage: Stage): Look['shape'] => stageShapes[stage];
/** The dash that stands for a stage in every chart of slices. */
export const stageDash = (stage: Stage): string => stageDashes[stage];

/**
 * The looks of the slices of one page, by `formatSlice`: dash and shape say the stage; colour says the run when there are
 * several, else the iteration. Runs and iterations take colours in the order they come, so that one more slice at the
 * end changes none of the others.
 */
export const sliceLooks = (slices: readonly Slice[]): ReadonlyMap<string, Look> => {
  const runs = [...new Set(slices.map(({ runId }) => runId))];
  const wordOf = ({ runId, k }: Slice) => (runs.length > 1 ? runId : String(k));
  const words = [...new Set(slices.map(wordOf))];
  return new Map(
    slices.map((slice) => [
      formatSlice(slice),
      { color: colorOf(words.indexOf(wordOf(slice))), dash: stageDash(slice.stage), shape: stageShape(slice.stage) },
    ]),
  );
};
