import 'server-only';
/** Two versions on one run: which verdicts would flip, and what becomes of its pairs. Writes nothing. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { type Comparison, comparisonSchema, type RolloutExample } from '@/lib/domain/verifier/comparison';
import { countFlipped, flipsOf } from '@/lib/domain/verifier/what-if/flips';
import { comparePairsToCome, compareStoredPairs } from './compare-pairs';
import { readComparedScores } from './compare-scores';
import { getWhatIfTarget } from './what-if-target';

export type ComparisonAsked = { readonly runId: string; readonly fromId: string; readonly toId: string };

const numberRow = z.object({ id: z.uuid(), number: z.int() });
const exampleRow = z.object({
  seq: z.coerce.number(),
  id: z.uuid(),
  prompt: z.string(),
  iteration: z.int(),
  step: z.int(),
});

const readExamples = async (runId: string, seqs: readonly number[]): Promise<Map<number, RolloutExample>> => {
  const { rows } = await pool.query(
    `SELECT r.seq, r.id, left(q.prompt, 160) AS prompt, i.k AS iteration, r.step
     FROM rollout r JOIN question q ON q.id = r.question_id JOIN iteration i ON i.id = r.iteration_id
     WHERE r.run_id = $1 AND r.seq = ANY($2::bigint[])`,
    [runId, seqs],
  );
  return new Map(rows.map((row) => exampleRow.parse(row)).map(({ seq, ...example }) => [seq, example]));
};

/**
 * How the run would stand under `toId`, against `fromId`, from what is stored of both readings. Throws `not_found` for
 * foreign runs and versions, too.
 */
export const compareVersions = async (
  viewer: Viewer,
  { runId, fromId, toId }: ComparisonAsked,
): Promise<Comparison> => {
  const asked = { runId, iterationId: null };
  const from = await getWhatIfTarget(viewer, { ...asked, versionId: fromId });
  const to = await getWhatIfTarget(viewer, { ...asked, versionId: toId });
  const scores = await readComparedScores(from, to);
  const { snapshot, before, after, compared, missing } = scores;
  const found = flipsOf(snapshot, before, after, to.settings);
  const seqOf = (row: number): number => snapshot.seqs[row] ?? -1;
  const rollouts = await readExamples(
    runId,
    found.flatMap(({ examples }) => examples.map(({ row }) => seqOf(row))),
  );
  const { rows } = await pool.query('SELECT id, number FROM verifier_version WHERE id = ANY($1::uuid[])', [
    [fromId, toId],
  ]);
  const numbers = new Map(rows.map((row) => numberRow.parse(row)).map(({ id, number }) => [id, number]));
  return comparisonSchema.parse({
    from: numbers.get(fromId),
    to: numbers.get(toId),
    compared,
    flipped: countFlipped(before, after),
    missing,
    flips: found.map((flip) => ({
      ...flip,
      examples: flip.examples.flatMap(({ row }) => rollouts.get(seqOf(row)) ?? []),
    })),
    pairs: {
      ...(await compareStoredPairs(runId, scores.from, scores.to)),
      ...(await comparePairsToCome(viewer, runId, toId, scores.to)),
    },
  });
};
