/** Fewer points for a chart, without hiding what it is looked at for: ends, peaks and dips. */
import type { MetricPoint } from '@/lib/domain/job';

/** Points of one phase that a chart is given; none is as wide. */
const MOST_POINTS = 2_000;

/** The points of one bucket that hold the least or the most of any figure, or that alone hold one. */
const extremes = (bucket: readonly MetricPoint[]): ReadonlySet<MetricPoint> => {
  const least = new Map<string, { value: number; point: MetricPoint }>();
  const most = new Map<string, { value: number; point: MetricPoint }>();
  for (const point of bucket) {
    for (const [name, value] of Object.entries(point.values)) {
      if (value === null) continue;
      if (value < (least.get(name)?.value ?? Number.POSITIVE_INFINITY)) least.set(name, { value, point });
      if (value > (most.get(name)?.value ?? Number.NEGATIVE_INFINITY)) most.set(name, { value, point });
    }
  }
  return new Set([...least.values(), ...most.values()].map(({ point }) => point));
};

/**
 * At most about `most` points of one phase, in their order: the first, the last, and of each equal stretch between them
 * those that hold the least and the most of every figure. All of them when there are no more than `most`.
 */
export const thinPoints = (points: readonly MetricPoint[], most: number): readonly MetricPoint[] => {
  if (points.length <= most) return points;
  const figures = new Set(points.flatMap(({ values }) => Object.keys(values))).size;
  const buckets = Math.max(1, Math.floor(most / (2 * Math.max(1, figures))));
  const size = Math.ceil(points.length / buckets);
  const ends = new Set([points[0], points.at(-1)]);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, at) => {
    const bucket = points.slice(at * size, (at + 1) * size);
    const kept = extremes(bucket);
    return bucket.filter((point) => kept.has(point) || ends.has(point));
  }).flat();
};

/** At most about 2,000 points of each phase, those of a phase together. */
export const thinPhases = (points: readonly MetricPoint[]): MetricPoint[] =>
  [...Map.groupBy(points, ({ phase }) => phase).values()].flatMap((ofPhase) => thinPoints(ofPhase, MOST_POINTS));
