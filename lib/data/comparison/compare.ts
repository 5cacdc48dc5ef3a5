import 'server-only';
/** Slices against a baseline: what each comes to, how they differ and how surely, and what flipped. Writes nothing. */
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { countFlips } from '@/lib/domain/comparison/flips';
import { forEachMetric, type Metric, metrics, ratioOf } from '@/lib/domain/comparison/metrics';
import type { CellChange, Changes, Comparison, Difference, SideChange } from '@/lib/domain/comparison/schema';
import {
  metricOver,
  type Paired,
  pairQuestions,
  rowsAt,
  sharedPlaces,
  type Tallies,
} from '@/lib/domain/comparison/tallies';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';
import { bootstrapDifferences } from '@/lib/domain/stats/bootstrap';
import { breathe, runBreathing } from './breathe';
import { readTallies } from './read-tallies';
import { readTotals } from './read-totals';
import { readSettings } from './settings';
import { changeSlot } from './slots';

/** Any number does: with the same one the same rollouts give the same interval every time. */
const SEED = 20_251;
/** Ends of intervals are steady to the second digit with these; of many questions fewer draws suffice for the same. */
const RESAMPLES = 2_000;
const RESAMPLES_OF_MANY = 1_000;
const MANY_QUESTIONS = 4_000;
/** Cells beyond the largest so many are left out: a comparison crosses in one answer. */
const MOST_CELLS = 60;

/** The slices with their figures and settings, in the order asked. Throws `not_found` for foreign runs, too. */
export const readComparison = async (viewer: Viewer, slices: readonly Slice[], narrow: Narrow): Promise<Comparison> => {
  const [compared, settings] = await Promise.all([readTotals(viewer, slices, narrow), readSettings(viewer, slices)]);
  return { slices: compared, settings };
};

type Draws = { readonly resamples: number; readonly seed: number };

/** The difference of each metric over the questions of the pairing. */
const differencesOf = async <M extends Metric>(
  [base, other]: readonly [Float64Array, Float64Array],
  paired: Paired,
  wanted: readonly M[],
  draws: Draws,
): Promise<(metric: M) => Difference> => {
  const baseRows = rowsAt(base, paired.base);
  await breathe();
  const otherRows = rowsAt(other, paired.other);
  await breathe();
  const intervals = await runBreathing(
    bootstrapDifferences({
      base: baseRows,
      other: otherRows,
      paired: paired.pairing.paired,
      ratios: wanted.map(ratioOf),
      ...draws,
    }),
  );
  return (metric) => ({
    base: metricOver(baseRows, metric),
    other: metricOver(otherRows, metric),
    interval: intervals[wanted.indexOf(metric)] ?? null,
  });
};

/** Questions by cell, the largest cells first. */
const placesByCell = ({ cells, cellOf }: Tallies): [number, number[]][] => {
  const places = cells.map((): number[] => []);
  for (const [place, cell] of cellOf.entries()) places[cell]?.push(place);
  return [...places.entries()].toSorted((a, b) => b[1].length - a[1].length).slice(0, MOST_CELLS);
};

const changeOf = ({ interval }: Difference): number => interval?.difference ?? Infinity;

const cellChanges = async (
  tallies: Tallies,
  [base, other]: readonly [Float64Array, Float64Array],
  setNames: ReadonlyMap<string, string>,
  draws: Draws,
): Promise<CellChange[]> => {
  const changes: CellChange[] = [];
  for (const [cell, places] of placesByCell(tallies)) {
    const paired = pairQuestions(base, other, places);
    const what = tallies.cells[cell];
    if (!what || paired.base.length === 0 || paired.other.length === 0) continue;
    const of = await differencesOf([base, other], paired, ['accuracy', 'inconsistent'], draws);
    changes.push({
      ...what,
      set: setNames.get(what.setId) ?? 'a removed set',
      pairing: paired.pairing,
      accuracy: of('accuracy'),
      inconsistent: of('inconsistent'),
    });
  }
  return changes.sort((a, b) => changeOf(a.accuracy) - changeOf(b.accuracy));
};

const readSetNames = async (viewer: Viewer, { cells }: Tallies): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(cells.map(({ setId }) => setId))];
  const sets = await db.questionSet.findMany({
    where: { id: { in: ids }, ...visibleTo(viewer) },
    select: { id: true, name: true },
  });
  return new Map(sets.map(({ id, name }) => [id, name]));
};

/**
 * How each slice after the first differs from the first, with bootstrap intervals and flips. Works it out anew every
 * time: a corrected verdict moves it at once. Throws `not_found` for foreign runs, too, and `busy` in a crowd.
 */
export const readChanges = async (viewer: Viewer, slices: readonly Slice[], narrow: Narrow): Promise<Changes> =>
  changeSlot(async () => {
    const tallies = await readTallies(viewer, slices, narrow);
    const setNames = await readSetNames(viewer, tallies);
    const many = tallies.questionIds.length > MANY_QUESTIONS;
    const draws = { resamples: many ? RESAMPLES_OF_MANY : RESAMPLES, seed: SEED };
    const [base, ...others] = tallies.sides;
    const sides: SideChange[] = [];
    for (const other of base ? others : []) {
      if (!base) break;
      const paired = pairQuestions(base, other, tallies.questionIds.keys());
      await breathe();
      const of = await differencesOf([base, other], paired, metrics, draws);
      const shared = sharedPlaces(base, other);
      sides.push({
        pairing: paired.pairing,
        differences: forEachMetric(of),
        flips: {
          accuracy: countFlips(base, other, shared, 'accuracy'),
          consistency: countFlips(base, other, shared, 'consistency'),
        },
        cells: await cellChanges(tallies, [base, other], setNames, draws),
      });
    }
    return { sides, ...draws };
  });

/** Everything about two or more slices in one go; the first one is the baseline. Throws as its parts do. */
export const compareSlices = async (
  viewer: Viewer,
  slices: readonly Slice[],
  narrow: Narrow,
): Promise<Comparison & Changes> => {
  const comparison = await readComparison(viewer, slices, narrow);
  return { ...comparison, ...(await readChanges(viewer, slices, narrow)) };
};
