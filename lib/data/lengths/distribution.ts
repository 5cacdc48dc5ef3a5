import 'server-only';
/** How lengths are distributed: counts by length from one scan of an index, and what follows from them. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import type { LengthCounts } from '@/lib/domain/lengths/counts';
import { type CountedSeries, distributionOf } from '@/lib/domain/lengths/distribution';
import type { Lengths } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import {
  correctDigit,
  facetPart,
  lengthColumn,
  lengthScope,
  partOrder,
  partValue,
  readSetNames,
  readSlices,
  sliceOf,
  stageDigit,
} from './scope';

const whole = z.array(z.int());
/** Entries of the four lists belong together; `lengths` has null for rollouts without one. */
const rowSchema = z.object({
  side: z.int(),
  part: z.union([z.int(), z.uuid()]),
  lengths: z.array(z.int().nullable()),
  correct: whole,
  counts: whole,
  estimated: z.int(),
});
type Row = z.infer<typeof rowSchema>;

/** Adds up, by length, what PostgreSQL counted by length and by right or wrong. */
const gather = ({ lengths, correct, counts }: Row): { counts: LengthCounts; uncounted: number } => {
  let uncounted = 0;
  const found = new Map<number, { length: number; n: number; correct: number; incorrect: number }>();
  for (const [at, length] of lengths.entries()) {
    const n = counts[at] ?? 0;
    if (length === null) {
      uncounted += n;
      continue;
    }
    const sum = found.get(length) ?? { length, n: 0, correct: 0, incorrect: 0 };
    sum.n += n;
    if (correct[at] === 0) sum.correct += n;
    else if (correct[at] === 1) sum.incorrect += n;
    found.set(length, sum);
  }
  return { counts: [...found.values()].sort((a, b) => a.length - b.length), uncounted };
};

const readRows = async (viewer: Viewer, { slices, narrow, unit, facet }: LengthSelection): Promise<Row[]> => {
  const scope = lengthScope({ viewer, slices, narrow });
  const estimated = unit === 'tokens' ? `count(*) FILTER (WHERE rollout.token_source = 'estimate')` : '0';
  const { rows } = await countQuery(
    `WITH ${scope.with}, fine AS MATERIALIZED (
       SELECT rollout.iteration_id, (${stageDigit}) * 3 + ${correctDigit} AS code, ${facetPart(facet)} AS part,
              ${lengthColumn[unit]} AS length, count(*)::int AS n, (${estimated})::int AS estimated
       FROM rollout WHERE ${scope.where} GROUP BY 1, 2, 3, 4
     ), placed AS (
       SELECT iteration_id, code / 3 AS stage, code % 3 AS correct, part, length, n, estimated FROM fine
     )
     SELECT wanted.side, placed.part, json_agg(placed.length) AS lengths, json_agg(placed.correct) AS correct,
            json_agg(placed.n) AS counts, sum(placed.estimated)::int AS estimated
     FROM wanted JOIN placed ON ${sliceOf('placed')} GROUP BY 1, 2`,
    scope.values,
  );
  return rows.map((row) => rowSchema.parse(row));
};

/** The distributions of the asked slices; foreign slices are dropped. */
export const getLengths = async (viewer: Viewer, selection: LengthSelection): Promise<Lengths> => {
  const { facet, scale, slices } = selection;
  const [{ seen, indexOf }, rows] = await Promise.all([readSlices(viewer, slices), readRows(viewer, selection)]);
  const counted = rows.flatMap((row): CountedSeries[] => {
    const slice = indexOf.get(row.side);
    if (slice === undefined) return [];
    return [{ slice, value: partValue(facet, row.part), estimated: row.estimated, ...gather(row) }];
  });
  const sets = facet === 'set' ? counted.flatMap(({ value }) => value ?? []) : [];
  const names = await readSetNames(viewer, [...new Set(sets)]);
  return { slices: seen, names, ...distributionOf(counted, { facet, scale, order: partOrder(facet, names) }) };
};
