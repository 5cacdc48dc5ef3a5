import 'server-only';
/** Judges as screens show them: what they are, who uses them, and what they have cost. The key stays here. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { failureKinds } from '@/lib/domain/judge/failure';
import { type JudgeUse, type JudgeView, judgeViewSchema } from '@/lib/domain/judge/judge';

const MOST_JUDGES = 200;
/** Latency is that of the last so many answers. */
const LATENCY_CALLS = 10_000;

const count = z.coerce.number();
const callRowSchema = z.object({
  judge_id: z.string(),
  answered: count,
  malformed: count,
  failed: count,
  under_way: count,
  input_tokens: count,
  output_tokens: count,
});
const failureRowSchema = z.object({ judge_id: z.string(), kind: z.enum(failureKinds), n: count });
const latencyRowSchema = z.object({ judge_id: z.string(), p50: z.number().nullable(), p95: z.number().nullable() });
const judgementRowSchema = z.object({ judge_id: z.string(), n: count, cached: count, undetermined: count });
const errorRowSchema = z.object({ judge_id: z.string(), error: z.string(), created_at: z.date() });

/** Rows of one query over these judges, one or more for each. */
const read = async <S extends z.ZodType<{ judge_id: string }>>(
  schema: S,
  sql: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, z.output<S>[]>> => {
  const { rows } = await pool.query(sql, [ids]);
  return Map.groupBy(z.array(schema).parse(rows), ({ judge_id: id }) => id);
};

const CALLS = `SELECT judge_id, count(*) FILTER (WHERE state = 'answered') AS answered,
    count(*) FILTER (WHERE state = 'malformed') AS malformed, count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'sent') AS under_way, sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens
  FROM judge_call WHERE judge_id = ANY($1::uuid[]) GROUP BY judge_id`;

const FAILURES = `SELECT judge_id, failure AS kind, count(*) AS n FROM judge_call
  WHERE judge_id = ANY($1::uuid[]) AND state = 'failed' AND failure IS NOT NULL
  GROUP BY judge_id, failure ORDER BY n DESC, kind`;

const LATENCY = `SELECT judge.id AS judge_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) AS p50,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95
  FROM judge CROSS JOIN LATERAL (
    SELECT latency_ms FROM judge_call WHERE judge_id = judge.id AND state IN ('answered', 'malformed')
    ORDER BY created_at DESC LIMIT ${LATENCY_CALLS}
  ) AS recent WHERE judge.id = ANY($1::uuid[]) GROUP BY judge.id`;

const JUDGEMENTS = `SELECT judge_id, count(*) AS n, count(*) FILTER (WHERE cached) AS cached,
    count(*) FILTER (WHERE consistency = 'undetermined') AS undetermined
  FROM judgement WHERE judge_id = ANY($1::uuid[]) GROUP BY judge_id`;

const ERRORS = `SELECT judge.id AS judge_id, last.error, last.created_at
  FROM judge CROSS JOIN LATERAL (
    SELECT error, created_at FROM judge_call WHERE judge_id = judge.id AND error IS NOT NULL
    ORDER BY created_at DESC, id DESC LIMIT 1
  ) AS last WHERE judge.id = ANY($1::uuid[])`;

const usesOf = async (ids: readonly string[]): Promise<(id: string) => JudgeUse> => {
  const [calls, failures, latency, judgements, errors] = await Promise.all([
    read(callRowSchema, CALLS, ids),
    read(failureRowSchema, FAILURES, ids),
    read(latencyRowSchema, LATENCY, ids),
    read(judgementRowSchema, JUDGEMENTS, ids),
    read(errorRowSchema, ERRORS, ids),
  ]);
  return (id) => {
    const call = calls.get(id)?.[0];
    const time = latency.get(id)?.[0];
    const judged = judgements.get(id)?.[0];
    const error = errors.get(id)?.[0];
    return {
      answered: call?.answered ?? 0,
      malformed: call?.malformed ?? 0,
      failed: call?.failed ?? 0,
      underWay: call?.under_way ?? 0,
      failures: (failures.get(id) ?? []).map(({ kind, n }) => ({ kind, count: n })),
      inputTokens: call?.input_tokens ?? 0,
      outputTokens: call?.output_tokens ?? 0,
      p50Ms: time?.p50 ?? null,
      p95Ms: time?.p95 ?? null,
      judgements: judged?.n ?? 0,
      cached: judged?.cached ?? 0,
      undetermined: judged?.undetermined ?? 0,
      lastError: error ? { sentence: error.error, at: error.created_at.toISOString() } : null,
    };
  };
};

/** Every judge of the viewer's project, by name; at most 200. */
export const listJudges = async (viewer: Viewer): Promise<JudgeView[]> => {
  const rows = await db.judge.findMany({
    where: visibleTo(viewer),
    orderBy: [{ heldOut: 'asc' }, { name: 'asc' }],
    take: MOST_JUDGES,
    include: {
      versions: {
        orderBy: { number: 'desc' },
        take: 50,
        select: { id: true, number: true, runs: { select: { id: true, name: true }, take: 50 } },
      },
    },
  });
  const useOf = await usesOf(rows.map(({ id }) => id));
  return rows.map(({ apiKey, tokenBudget, spentTokens, createdAt, projectId: _projectId, createdBy: _by, ...row }) =>
    judgeViewSchema.parse({
      ...row,
      hasKey: apiKey !== null,
      tokenBudget: tokenBudget === null ? null : Number(tokenBudget),
      spentTokens: Number(spentTokens),
      createdAt: createdAt.toISOString(),
      use: useOf(row.id),
    }),
  );
};
