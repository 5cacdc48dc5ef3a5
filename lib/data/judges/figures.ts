import 'server-only';
/** Who decided consistency in a run, and how judges that only report agree with what is in force. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import {
  type Agreement,
  type Decider,
  deciderSchema,
  type JudgeFigures,
  type JudgeReport,
  judgeReportSchema,
} from '@/lib/domain/judge/figures';
import { consistencySchema } from '@/lib/domain/verdict';
import { AppError } from '@/lib/errors';

const MOST_DISAGREEMENTS = 100;
const MAX_PROMPT = 300;

/** The last word of people on consistency, of the run's corrected rollouts. */
const SPOKEN = `
  SELECT DISTINCT ON (decision.rollout_id) decision.rollout_id, decision.action
  FROM decision JOIN rollout ON rollout.id = decision.rollout_id
  WHERE rollout.run_id = ${visibleRun} AND rollout.corrected AND decision."check" = 'consistency'
    AND decision.action IN ('correct', 'withdraw')
  ORDER BY decision.rollout_id, decision.seq DESC`;

/** Verified rollouts of the run, or of one iteration (`$4`), with who decided each. */
const DECIDED = `
  SELECT rollout.id, rollout.seq, rollout.iteration_id, rollout.question_id, rollout.consistency,
         verdict.answer IS NOT NULL AND verdict.think_tokens > 0 AS readable, own.consistency IS NOT NULL AS asked,
         CASE WHEN spoken.action = 'correct' THEN 'people'
              WHEN verdict.consistency <> 'undetermined' THEN 'rules'
              WHEN own.consistency <> 'undetermined' THEN 'judge' ELSE 'nobody' END AS by
  FROM rollout
  JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = $5
  LEFT JOIN judgement AS own ON own.rollout_id = rollout.id AND own.reading_id = $5 AND own.judge_id = $6
  LEFT JOIN spoken ON spoken.rollout_id = rollout.id
  WHERE rollout.run_id = ${visibleRun} AND ($4::uuid IS NULL OR rollout.iteration_id = $4)`;

/** What other judges said of them. */
const REPORTED = `
  SELECT decided.*, said.judge_id, said.consistency AS says, said.reason
  FROM (${DECIDED}) AS decided JOIN judgement AS said ON said.rollout_id = decided.id AND said.reading_id = $5
    AND said.judge_id IS DISTINCT FROM $6`;

/** Most rollouts are decided by the rules alone: those are counted, and only the rest is looked at. */
const FIGURES = `
  WITH spoken AS MATERIALIZED (${SPOKEN}),
  verified AS (
    SELECT count(*)::int AS n FROM rollout
    WHERE run_id = ${visibleRun} AND ($4::uuid IS NULL OR iteration_id = $4) AND well_formed IS NOT NULL
  ),
  other AS MATERIALIZED (
    SELECT id FROM rollout
    WHERE run_id = ${visibleRun} AND ($4::uuid IS NULL OR iteration_id = $4)
      AND (consistency = 'undetermined' OR corrected)
    UNION SELECT rollout_id FROM judgement WHERE judge_id = $6 AND reading_id = $5
  ),
  reported AS MATERIALIZED (${REPORTED}),
  share AS (
    SELECT by, count(*)::int AS n, (count(*) FILTER (WHERE by = 'nobody' AND readable AND NOT asked))::int AS waiting,
           (count(*) FILTER (WHERE by = 'nobody' AND asked))::int AS unsaid
    FROM (
      ${DECIDED} AND rollout.id IN (SELECT id FROM other)
    ) AS decided GROUP BY by
  ), cell AS (
    SELECT judge_id, by, consistency, says, count(*)::int AS n FROM reported
    GROUP BY judge_id, by, consistency, says ORDER BY judge_id, by
  ), apart AS (
    SELECT reported.judge_id, reported.id AS "rolloutId", iteration.k AS iteration,
           left(question.prompt, ${MAX_PROMPT}) AS prompt, reported.consistency AS "inForce", reported.says, reported.by,
           reported.reason, reported.place
    FROM (
      SELECT reported.*, row_number() OVER (PARTITION BY judge_id ORDER BY seq) AS place FROM reported
      WHERE consistency <> says AND consistency <> 'undetermined' AND says <> 'undetermined'
    ) AS reported
    JOIN iteration ON iteration.id = reported.iteration_id JOIN question ON question.id = reported.question_id
    WHERE reported.place <= ${MOST_DISAGREEMENTS} ORDER BY reported.judge_id, reported.place
  )
  SELECT (SELECT n FROM verified) AS verified, (SELECT coalesce(json_agg(share), '[]') FROM share) AS decided,
         (SELECT coalesce(json_agg(cell), '[]') FROM cell) AS cells,
         (SELECT coalesce(json_agg(apart), '[]') FROM apart) AS disagreements`;

const runSchema = z.object({ name: z.string(), number: z.int(), reading_id: z.uuid(), judge_id: z.uuid().nullable() });
const decidedSchema = z.array(z.object({ by: deciderSchema, n: z.int(), waiting: z.int(), unsaid: z.int() }));
const tableSchema = z.array(
  z.object({
    judge_id: z.uuid(),
    by: deciderSchema,
    consistency: consistencySchema,
    says: consistencySchema,
    n: z.int(),
  }),
);
const listSchema = z.array(
  z.object({ judge_id: z.uuid() }).extend(judgeReportSchema.shape.disagreements.element.shape),
);

const figuresSchema = z.object({
  verified: z.int(),
  decided: decidedSchema,
  cells: tableSchema,
  disagreements: listSchema,
});
type Cells = z.infer<typeof tableSchema>;

const agreementOf = (cells: Cells): Agreement => {
  const of = (inForce: string, says: string): number =>
    cells.reduce((sum, cell) => sum + (cell.consistency === inForce && cell.says === says ? cell.n : 0), 0);
  return {
    bothConsistent: of('consistent', 'consistent'),
    bothInconsistent: of('inconsistent', 'inconsistent'),
    verdictOnly: of('inconsistent', 'consistent'),
    judgeOnly: of('consistent', 'inconsistent'),
  };
};

const reportsOf = (cells: Cells, disagreements: z.infer<typeof listSchema>): JudgeReport[] => {
  const listed = Map.groupBy(disagreements, ({ judge_id: id }) => id);
  return [...Map.groupBy(cells, ({ judge_id: id }) => id)].map(([judgeId, own]) => ({
    judgeId,
    judgements: own.reduce((sum, { n }) => sum + n, 0),
    undetermined: own.reduce((sum, { says, n }) => sum + (says === 'undetermined' ? n : 0), 0),
    agreement: [...Map.groupBy(own, ({ by }) => by)].map(([by, some]) => ({ by, table: agreementOf(some) })),
    disagreements: (listed.get(judgeId) ?? []).map(({ judge_id: _id, ...row }) => row),
  }));
};

/**
 * Figures of a run, or of one iteration of it.
 *
 * @throws AppError `not_found` for foreign runs too
 */
export const getJudgeFigures = async (
  viewer: Viewer,
  runId: string,
  iterationId: string | null,
): Promise<JudgeFigures> => {
  const values = runValues(viewer, runId);
  const run = await pool.query(
    `SELECT run.name, version.number, version.reading_id, version.judge_id FROM run
     JOIN verifier_version AS version ON version.id = run.verifier_version_id WHERE run.id = ${visibleRun}`,
    values,
  );
  if (!run.rows[0]) throw new AppError('not_found', 'Run not found');
  const { name, number, reading_id: readingId, judge_id: judgeId } = runSchema.parse(run.rows[0]);
  const { rows } = await pool.query(FIGURES, [...values, iterationId, readingId, judgeId]);
  const { verified, decided: shares, cells, disagreements } = figuresSchema.parse(rows[0]);
  const nobody = shares.find(({ by }) => by === 'nobody');
  const of = (by: Decider): number => shares.find((row) => row.by === by)?.n ?? 0;
  const [judge, people, nobodys] = [of('judge'), of('people'), of('nobody')];
  const [waiting, unsaid] = [nobody?.waiting ?? 0, nobody?.unsaid ?? 0];
  return {
    runName: name,
    versionNumber: number,
    judgeId,
    decided: { rules: Math.max(0, verified - judge - people - nobodys), judge, people, nobody: nobodys },
    waiting,
    unsaid,
    unreadable: nobodys - waiting - unsaid,
    reports: reportsOf(cells, disagreements),
  };
};
