import 'server-only';
/** The curves of a run and of those laid over it. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import type { CurveQuestion } from '@/lib/domain/curves/choice';
import { type Curve, type Curves, curvePointSchema, curveSchema, MOST_TURNS } from '@/lib/domain/curves/curve';
import { arePartners, familiesOf, seedOf, turnKey } from '@/lib/domain/curves/families';
import { AppError } from '@/lib/errors';
import { curveQuery, sampledQuery } from './curve-sql';
import { type KnownRun, listCandidates, listKnownRuns } from './turns';

const placeSchema = curveSchema.omit({ points: true });
const rowSchema = placeSchema.extend({ ...curvePointSchema.shape, size: z.int().positive() });
const sampledSchema = z.object({ sets: z.array(z.object({ id: z.uuid(), name: z.string() })), withoutStep: z.int() });

/** The iterations asked for, else the latest of each run: so many that all of them together can be told apart. */
const chooseTurns = (runs: readonly KnownRun[], k: readonly number[]) => {
  const each = Math.max(1, Math.floor(MOST_TURNS / Math.max(1, runs.length)));
  return runs.flatMap(({ id, turns }) => {
    const asked = k.length === 0 ? turns : turns.filter((turn) => k.includes(turn.k));
    return asked.slice(-each).map((turn) => ({ runId: id, ...turn }));
  });
};

const toCurves = (rows: readonly z.infer<typeof rowSchema>[]): Curve[] =>
  [...Map.groupBy(rows, ({ runId, k, stage, setId }) => `${runId}.${k}.${stage}.${setId}`).values()].map((points) =>
    // The schema keeps what belongs to a point and to its place, and drops the rest of the row.
    curveSchema.parse({ ...points[0], points }),
  );

const runsOf = (runs: readonly KnownRun[]): Curves['runs'] => {
  const families = familiesOf(runs);
  return runs.map(({ id, name, turns }) => ({
    id,
    name,
    turns: turns.map(({ k, plan, startStage, sources }) => ({
      k,
      seed: seedOf(plan),
      afterDpo: seedOf(plan) === null ? null : startStage === 'dpo',
      family: families.get(turnKey(id, k)) ?? null,
      sources,
    })),
  }));
};

/**
 * Accuracy reward and length by step of the run and of up to six others, of the stages in which the policy moves, in
 * about 1,000 points at most. Overlaid runs that the viewer may not see are left out like those that are gone.
 *
 * @throws AppError `not_found` when the run itself is not the viewer's.
 */
export const getCurves = async (
  viewer: Viewer,
  runId: string,
  { overlaid, set, k, length }: CurveQuestion,
): Promise<Curves> => {
  const asked = [runId, ...overlaid.filter((id) => id !== runId)];
  const [runs, candidates] = await Promise.all([listKnownRuns(viewer, asked), listCandidates(viewer, runId)]);
  const [here] = runs;
  if (here?.id !== runId) throw new AppError('not_found', 'Run not found');
  const turns = chooseTurns(runs, k);
  const values = [
    turns.map(({ id }) => id),
    runs.map(({ id }) => id),
    turns.filter(({ sources }) => sources.length > 0).map(({ id }) => id),
  ];
  const oneSet = set === 'all' || set === 'each' ? null : set;
  const [points, sampled] = await Promise.all([
    countQuery(curveQuery(length, set !== 'all'), [...values, oneSet]),
    countQuery(sampledQuery, values),
  ]);
  const rows = points.rows.map((row) => rowSchema.parse(row));
  return {
    runs: runsOf(runs),
    curves: toCurves(rows),
    ...sampledSchema.parse(sampled.rows[0]),
    stepsPerPoint: rows[0]?.size ?? 1,
    turns: { known: runs.flatMap((run) => run.turns).length, drawn: turns.length },
    partners: candidates.filter((other) => arePartners(here, other)).map(({ id, name }) => ({ id, name })),
  };
};
