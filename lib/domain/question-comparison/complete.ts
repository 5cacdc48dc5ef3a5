/** Which slices to put side by side when an address names fewer than two. */
import { stages } from '@/lib/domain/rollout';
import { formatSlice, type Slice } from '@/lib/domain/slices/slice';
import { MOST_COMPARED } from './comparison';

export type Sides = {
  readonly slices: readonly Slice[];
  /** Places in `slices` of the two that stand side by side; the same one when there is no other. */
  readonly left: number;
  readonly right: number;
};

const byLoop = (a: Slice, b: Slice): number => a.k - b.k || stages.indexOf(a.stage) - stages.indexOf(b.stage);

/** Of the stage that most slices are of; of equal ones the first. */
const largestStage = (slices: readonly Slice[]): readonly Slice[] =>
  [...Map.groupBy(slices, ({ stage }) => stage).values()].reduce<readonly Slice[]>(
    (most, of) => (of.length > most.length ? of : most),
    [],
  );

/** At most `MOST_COMPARED` of the list that are nearest to the one at `at`, in the order of the list. */
const around = (slices: readonly Slice[], at: number): readonly Slice[] => {
  const from = Math.max(0, Math.min(at - 1, slices.length - MOST_COMPARED));
  return slices.slice(from, from + MOST_COMPARED);
};

/** The stage that is compared across iterations; where it has one slice alone, whatever the run has; else other runs. */
const companions = (home: Slice, asked: readonly Slice[]): readonly Slice[] => {
  const ofRun = asked.filter(({ runId }) => runId === home.runId).toSorted(byLoop);
  const ofStage = ofRun.filter(({ stage }) => stage === home.stage);
  if (ofStage.length > 1) return ofStage;
  if (ofRun.length > 1) return ofRun;
  const elsewhere = asked.filter(({ runId, stage }) => runId !== home.runId && stage === home.stage);
  return [home, ...(elsewhere.length > 0 ? elsewhere : asked.filter(({ runId }) => runId !== home.runId))];
};

/**
 * The slices of a page that was asked for `wanted`: those when they are two or more. One alone is joined by the slices
 * of its run and stage that were asked the same question; none at all become those of the newest run. `asked` lists
 * newest runs first.
 */
export const completeSides = (wanted: readonly Slice[], asked: readonly Slice[]): Sides => {
  if (wanted.length > 1) return { slices: wanted.slice(0, MOST_COMPARED), left: 0, right: 1 };
  const [only] = wanted;
  const newest = asked[0] && largestStage(asked.filter(({ runId }) => runId === asked[0]?.runId).toSorted(byLoop))[0];
  const home = only ?? newest;
  if (!home) return { slices: [], left: 0, right: 0 };
  const list = companions(home, asked);
  const key = formatSlice(home);
  const at = list.findIndex((slice) => formatSlice(slice) === key);
  // A slice that was never asked stands first, so that the page can say so beside those that were.
  const slices = at < 0 ? [home, ...list].slice(0, MOST_COMPARED) : around(list, at);
  const place = slices.findIndex((slice) => formatSlice(slice) === key);
  if (!only) return { slices, left: 0, right: slices.length - 1 };
  return place === 0
    ? { slices, left: 0, right: Math.min(1, slices.length - 1) }
    : { slices, left: place - 1, right: place };
};
