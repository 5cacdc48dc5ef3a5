/** From the points of the database to the lines that are drawn: smoothed, laid out, seeds joined. */
import { type MeanInterval, meanInterval, meanOfFew } from '@/lib/domain/stats/mean';
import type { CurveChoice } from './choice';
import type { Curve, CurvePoint, Curves, CurveTurn, Sums } from './curve';
import { type Measure, trailingSums } from './smooth';

/** One run's part of a point. */
export type Member = {
  readonly runId: string;
  readonly seed: number | null;
  readonly point: CurvePoint;
  /** Mean of the point alone; null where nothing of it counts. */
  readonly raw: (MeanInterval & { readonly n: number }) | null;
  /** Trailing mean; the same as `raw` where nothing is smoothed. */
  readonly trend: number | null;
};

export type DrawnPoint = {
  /** Steps of the policy, counted on over the iterations where these are chained. */
  readonly x: number;
  readonly from: number;
  readonly to: number;
  /** One per run that has rollouts here. */
  readonly members: readonly Member[];
  /** Mean over the runs. */
  readonly raw: number | null;
  readonly trend: number | null;
  /** Of the trend over seeds: the ends of both runs' values, from three runs on the 95 % interval of Student's t. */
  readonly band: { readonly low: number; readonly high: number } | null;
};

export type CurveLine = Pick<Curve, 'k' | 'stage' | 'setId'> & {
  readonly key: string;
  /** More than one where seeds are joined, in the order of the runs. */
  readonly runIds: readonly string[];
  readonly afterDpo: boolean | null;
  /** Sources that its rollouts are found by; empty where stage and step are enough. */
  readonly sources: readonly string[];
  readonly points: readonly DrawnPoint[];
  /** Of its first run, for what is said of beginning and end. */
  readonly first: Curve;
};

type Found = { readonly curve: Curve; readonly turn: CurveTurn | undefined; readonly place: number };

const meanOf = ({ n, sum }: Sums): number | null => (n === 0 ? null : sum / n);
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
const known = (values: readonly (number | null)[]): number[] => values.flatMap((value) => value ?? []);

const membersOf = ({ curve, turn }: Found, measure: Measure, span: number): Member[] => {
  const trends = trailingSums(curve.points, measure, span);
  return curve.points.map((point, at) => {
    const { n, sum, squares } = point[measure];
    const raw = meanInterval(sum, squares, n);
    const trend = trends[at];
    return {
      runId: curve.runId,
      seed: turn?.seed ?? null,
      point,
      raw: raw ? { ...raw, n } : null,
      // A step of which nothing counts stays a hole, also where those before it would give a mean.
      trend: raw && trend ? meanOf(trend) : null,
    };
  });
};

const bandOf = (trends: readonly number[]): DrawnPoint['band'] => {
  if (trends.length < 2) return null;
  if (trends.length === 2) return { low: Math.min(...trends), high: Math.max(...trends) };
  const interval = meanOfFew(trends);
  return interval?.low == null || interval.high === null ? null : { low: interval.low, high: interval.high };
};

const joinMembers = (members: readonly Member[], offset: number): DrawnPoint => {
  const from = Math.min(...members.map(({ point }) => point.from));
  const to = Math.max(...members.map(({ point }) => point.to));
  const trends = known(members.map(({ trend }) => trend));
  return {
    x: offset + (from + to) / 2,
    from,
    to,
    members,
    raw: mean(known(members.map(({ raw }) => raw?.mean ?? null))),
    trend: mean(trends),
    band: bandOf(trends),
  };
};

/** Where each iteration of a run begins when they are laid end to end: after the last step of those before it. */
const offsetsOf = (curves: readonly Curve[]): ReadonlyMap<string, number> => {
  const offsets = new Map<string, number>();
  for (const [runId, own] of Map.groupBy(curves, (curve) => curve.runId)) {
    const turns = [...Map.groupBy(own, ({ k, stage }) => `${k}.${stage}`).values()].sort(
      ([a], [b]) => (a?.k ?? 0) - (b?.k ?? 0),
    );
    let next = 0;
    for (const turn of turns) {
      const [first] = turn;
      if (first) offsets.set(`${runId}.${first.k}.${first.stage}`, next);
      next += 1 + Math.max(-1, ...turn.flatMap(({ points }) => points.map(({ to }) => to)));
    }
  }
  return offsets;
};

/**
 * The lines of one measure, in the order of the runs, then of the iterations. Runs that differ in their seeds alone are
 * one line where the choice says so: a step that not all of them have yet is the mean of those that do.
 */
export const linesOf = (
  { runs, curves }: Pick<Curves, 'runs' | 'curves'>,
  measure: Measure,
  { smooth, x, seeds }: Pick<CurveChoice, 'smooth' | 'x' | 'seeds'>,
): CurveLine[] => {
  const offsets = x === 'chained' ? offsetsOf(curves) : new Map<string, number>();
  const found = curves.map((curve): Found => {
    const place = runs.findIndex(({ id }) => id === curve.runId);
    return { curve, turn: runs[place]?.turns.find(({ k }) => k === curve.k), place };
  });
  const ordered = found.toSorted((a, b) => a.place - b.place || a.curve.k - b.curve.k);
  const groups = Map.groupBy(ordered, ({ curve: { runId, k, stage, setId }, turn }) => {
    const whose = seeds === 'band' && typeof turn?.family === 'number' ? `family ${turn.family}` : runId;
    return `${whose}.${k}.${stage}.${setId ?? 'all'}`;
  });
  return [...groups].flatMap(([key, group]) => {
    const [first] = group;
    if (!first) return [];
    const { k, stage, setId } = first.curve;
    const offset = Math.max(...group.map(({ curve }) => offsets.get(`${curve.runId}.${k}.${stage}`) ?? 0));
    const members = group.flatMap((one) => membersOf(one, measure, smooth));
    const points = [...Map.groupBy(members, ({ point }) => point.from).values()].map((at) => joinMembers(at, offset));
    return {
      key,
      k,
      stage,
      setId,
      runIds: group.map(({ curve }) => curve.runId),
      afterDpo: first.turn?.afterDpo ?? null,
      sources: group.flatMap(({ turn }) => turn?.sources ?? []),
      points: points.sort((a, b) => a.from - b.from),
      first: first.curve,
    };
  });
};

/** Whether there is anything to draw: a line needs two steps. */
export const hasSteps = (curves: readonly Curve[]): boolean => curves.some(({ points }) => points.length > 1);
