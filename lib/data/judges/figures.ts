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

/** Verified rollouts of the run, or of one iteration (`$4`), with who decided each. */
const DECIDED = `
  SELECT rollout.id, rollout.seq, rollout.iteration_id, rollout.question_id, rollout.consistency, version.reading_id,
         version.judge_id AS own_judge,
         verdict.answer IS NOT NULL AND verdict.think_tokens > 0 AS readable, own.consistency IS NOT NULL AS asked,
         CASE WHEN rollout.corrected AND act.action = 'correct' THEN 'people'
              WHEN verdict.consistency <> 'undetermined' THEN 'rules'
              WHEN own.consistency <> 'undetermined' THEN 'judge' ELSE 'nobody' END AS by
  FROM rollout
  JOIN run ON run.id = rollout.run_id JOIN verifier_version AS version ON version.id = run.verifier_version_id
  JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = version.reading_id
  LEFT JOIN judgement AS own ON own.rollout_id = rollout.id AND own.reading_id = version.reading_id
    AND own.judge_id = version.judge_id
  LEFT JOIN LATERAL (
    SELECT decision.action FROM decision WHERE rollout.corrected AND decision.rollout_id = rollout.id
      AND decision."check" = 'consistency' AND decision.action IN ('correct', 'withdraw')
    ORDER BY decision.seq DESC LIMIT 1
  ) AS act ON true
  WHERE rollout.run_id = ${visibleRun} AND ($4::uuid IS NULL OR rollout.iteration_id = $4)`;

/** What other judges said of them. */
const REPORTED = `
  SELECT decided.*, said.judge_id, said.consistency AS says, said.reason
  FROM decided JOIN judgement AS said ON said.rollout_id = decided.id AND said.reading_id = decided.reading_id
    AND said.judge_id IS DISTINCT FROM decided.own_judge`;

const runSchema = z.object({ name: z.string(), number: z.int(), judge_id: z.uuid().nullable() });
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
  const scope = [...values, iterationId];
  const run = await pool.query(
    `SELECT run.name, version.number, version.judge_id FROM run
     JOIN verifier_version AS version ON version.id = run.verifier_version_id WHERE run.id = ${visibleRun}`,
    values,
  );
  if (!run.rows[0]) throw new AppError('not_found', 'Run not found');
  const { name, number, judge_id: judgeId } = runSchema.parse(run.rows[0]);
  const [decided, cells, disagreements] = await Promise.all([
    pool.query(
      `WITH decided AS (${DECIDED}) SELECT by, count(*)::int AS n,
         (count(*) FILTER (WHERE by = 'nobody' AND readable AND NOT asked))::int AS waiting,
         (count(*) FILTER (WHERE by = 'nobody' AND asked))::int AS unsaid FROM decided GROUP BY by`,
      scope,
    ),
    pool.query(
      `WITH decided AS (${DECIDED}) SELECT judge_id, by, consistency, says, count(*)::int AS n
       FROM (${REPORTED}) AS reported GROUP BY judge_id, by, consistency, says ORDER BY judge_id, by`,
      scope,
    ),
    pool.query(
      `WITH decided AS (${DECIDED}) SELECT judge_id, id AS "rolloutId", k AS iteration,
         left(prompt, ${MAX_PROMPT}) AS prompt, consistency AS "inForce", says, by, reason
       FROM (
         SELECT reported.*, iteration.k, question.prompt,
                row_number() OVER (PARTITION BY reported.judge_id ORDER BY reported.seq) AS place
         FROM (${REPORTED}) AS reported JOIN iteration ON iteration.id = reported.iteration_id
           JOIN question ON question.id = reported.question_id
         WHERE reported.consistency <> reported.says
           AND reported.consistency <> 'undetermined' AND reported.says <> 'undetermined'
       ) AS apart WHERE place <= ${MOST_DISAGREEMENTS} ORDER BY judge_id, place`,
      scope,
    ),
  ]);
  const shares = decidedSchema.parse(decided.rows);
  const nobody = shares.find(({ by }) => by === 'nobody');
  const of = (by: Decider): number => shares.find((row) => row.by === by)?.n ?? 0;
  const [waiting, unsaid] = [nobody?.waiting ?? 0, nobody?.unsaid ?? 0];
  return {
    runName: name,
    versionNumber: number,
    judgeId,
    decided: { rules: of('rules'), judge: of('judge'), people: of('people'), nobody: of('nobody') },
    waiting,
    unsaid,
    unreadable: of('nobody') - waiting - unsaid,
    reports: reportsOf(tableSchema.parse(cells.rows), listSchema.parse(disagreements.rows)),
  };
};
