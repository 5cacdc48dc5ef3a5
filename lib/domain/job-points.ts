/** Arithmetic on the points of a job's charts. */
import type { JobMetrics, MetricCursor, MetricPoint } from './job';
import { thinPhases } from './loop/thin-points';

/** Names that any of the points has a number under. */
export const namesOf = (points: readonly MetricPoint[]): ReadonlySet<string> =>
  new Set(
    points.flatMap(({ values }) => Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [name]))),
  );

/** The last step known of each phase. */
export const cursorOf = (points: readonly MetricPoint[]): MetricCursor => {
  const last = new Map<string, number>();
  for (const { phase, step } of points) last.set(phase, Math.max(step, last.get(phase) ?? 0));
  return Object.fromEntries(last);
};

/** A screen that stays open for days holds no more than this. */
const MOST_HELD = 4_000;

/**
 * What is known of a job's figures, and what came after it. The same object when nothing came; null when the counts say
 * that something was left out, so that all of it is to be read again.
 */
export const mergeMetrics = (known: JobMetrics, { points, count }: JobMetrics): JobMetrics | null => {
  if (known.count + points.length !== count) return null;
  if (points.length === 0) return known;
  const phases = Map.groupBy([...known.points, ...points], ({ phase }) => phase);
  const merged = [...phases.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, ofPhase]) => ofPhase);
  return { points: merged.length > MOST_HELD ? thinPhases(merged) : merged, count };
};

/** What is drawn at one place: one point, or the mean of the steps `from` to `to`, both included. */
export type DrawnPoint = { readonly from: number; readonly to: number; readonly values: MetricPoint['values'] };

const meanOf = (points: readonly Pick<MetricPoint, 'values'>[], name: string): number | null => {
  const there = points.flatMap(({ values }) => values[name] ?? []);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
};

/**
 * At most about `most` points in order: neighbours are averaged where there are more, so that a curve of ten thousand
 * steps costs as much to draw as one of a few hundred. What was not finite counts in no mean.
 */
export const thinOut = (points: readonly MetricPoint[], most: number): DrawnPoint[] => {
  const size = Math.max(1, Math.ceil(points.length / most));
  const names = [...namesOf(points)];
  const drawn: DrawnPoint[] = [];
  for (let at = 0; at < points.length; at += size) {
    const bin = points.slice(at, at + size);
    const [first, last] = [bin[0], bin.at(-1)];
    if (!first || !last) continue;
    const values = Object.fromEntries(names.map((name) => [name, meanOf(bin, name)]));
    drawn.push({ from: first.step, to: last.step, values });
  }
  return drawn;
};

/** A mean over the last `span` points at every point, which shows the trend in a noisy curve. */
export const smooth = (points: readonly DrawnPoint[], span: number): DrawnPoint[] =>
  points.map((point, at) => {
    const window = points.slice(Math.max(0, at - span + 1), at + 1);
    const values = Object.fromEntries(
      // A hole stays a hole: a line through it would claim a number that nobody measured.
      Object.keys(point.values).map((name) => [name, point.values[name] === null ? null : meanOf(window, name)]),
    );
    return { ...point, values };
  });

const RECENT = 20;

/**
 * Seconds that one step takes at present, from what the last steps report of themselves; null before the first. Clock
 * times would count the hours in which a trainer was away. Steps of one GRPO turn share its sampling, and each of them
 * reports it: it is counted once.
 */
export const secondsPerStep = (points: readonly MetricPoint[]): number | null => {
  const recent = points.slice(-RECENT);
  let seconds = 0;
  recent.forEach(({ values }, at) => {
    seconds += (values.trainSeconds ?? 0) + (values.stepSeconds ?? 0);
    const before = at > 0 ? recent[at - 1]?.values : undefined;
    const shared = before !== undefined && sharesTurn(before, values);
    if (!shared) seconds += (values.sampleSeconds ?? 0) + (values.rewardSeconds ?? 0);
  });
  return recent.length === 0 || seconds === 0 ? null : seconds / recent.length;
};

type Values = MetricPoint['values'];

/** Whether two neighbouring points belong to one turn: its sampling took both the very same time. */
const sharesTurn = (a: Values, b: Values): boolean =>
  typeof a.sampleSeconds === 'number' && a.sampleSeconds === b.sampleSeconds && a.rewardSeconds === b.rewardSeconds;

/**
 * The step that the rollouts behind a point carry: a turn samples before it trains, so that its answers bear the number
 * of steps done until then. Null where no point has this step, or the first of its turn is not among the points, as of
 * a long job that was thinned.
 */
export const rolloutStepOf = (points: readonly MetricPoint[], step: number): number | null => {
  let at = points.findIndex((point) => point.step === step);
  for (; at > 0; at--) {
    const [before, here] = [points[at - 1], points[at]];
    if (!before || !here || !sharesTurn(before.values, here.values)) break;
  }
  const first = points[at];
  if (!first) return null;
  const isFirst = first.step <= 1 || points[at - 1]?.step === first.step - 1;
  return isFirst ? Math.max(0, first.step - 1) : null;
};
