import 'server-only';
/** Iterations on their way through the loop, as screens show them. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { readGate } from '@/lib/data/gates/read';
import { listJobs } from '@/lib/data/jobs/read';
import { countCells, inCell } from '@/lib/data/rollouts/facet-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import {
  type GateStatus,
  type IterationSummary,
  type IterationView,
  iterationSummarySchema,
  iterationViewSchema,
} from '@/lib/domain/iteration';
import { type Plan, planSchema } from '@/lib/domain/loop/plan';
import { movingStates, retryStagesOf } from '@/lib/domain/loop/stages';
import { AppError } from '@/lib/errors';
import { Prisma } from '@/prisma/generated/client';

const NEWEST = 50;

const select = {
  id: true,
  projectId: true,
  k: true,
  run: { select: { id: true, name: true } },
  state: true,
  failedStage: true,
  failedReason: true,
  waitingFor: true,
  cancelRequested: true,
  createdAt: true,
  finishedAt: true,
  proposedAt: true,
  plan: true,
  createdByUser: { select: { name: true } },
  trainer: { select: { id: true, name: true, state: true } },
  pairSet: { select: { id: true, number: true, pairCount: true } },
} as const;

const countsSchema = z.object({ rollouts: z.int(), unverified: z.int() });

/** Out of the index `rollout_run_seq` alone. Form is unknown exactly until the run's verifier version has read a rollout. */
const countRollouts = async (runId: string, iterationId: string) => {
  const { rows } = await pool.query(
    `SELECT coalesce(sum(n), 0)::int AS rollouts,
            coalesce(sum(n), 0)::int - ${countCells(inCell('wellFormed', 'yes', 'no'))} AS unverified
     FROM (
       SELECT facet_code, count(*) AS n FROM rollout WHERE run_id = $1 AND iteration_id = $2 GROUP BY facet_code
     ) AS cell`,
    [runId, iterationId],
  );
  return countsSchema.parse(rows[0]);
};

type GateRow = { readonly id: string; readonly projectId: string; readonly proposedAt: Date | null };

/** The gate counts once every pair is proposed. */
const gateOf = async ({ id, projectId, proposedAt }: GateRow, plan: Plan | null): Promise<GateStatus | null> =>
  plan?.curate && proposedAt ? readGate(projectId, id, plan.curate.gate, plan.seed) : null;

/** Null for iterations that no trainer moved. */
const planOf = (value: unknown): Plan | null => (value === null ? null : planSchema.parse(value));

/** One iteration. Throws `not_found` for foreign ones too. */
export const getIteration = async (viewer: Viewer, id: string): Promise<IterationView> => {
  const row = await db.iteration.findFirst({ where: { id, ...visibleTo(viewer) }, select });
  if (!row) throw new AppError('not_found', 'Iteration not found');
  const plan = planOf(row.plan);
  const [jobs, counts, gate] = await Promise.all([
    listJobs(viewer, id),
    countRollouts(row.run.id, id),
    gateOf(row, plan),
  ]);
  const over = row.state === 'failed' || row.state === 'cancelled';
  return iterationViewSchema.parse({
    ...row,
    ...counts,
    plan,
    jobs,
    gate,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdBy: row.createdByUser?.name ?? null,
    retryFrom: over && plan && row.trainer ? retryStagesOf(plan, row.failedStage) : [],
  });
};

const summarySelect = {
  ...select,
  jobs: {
    where: { supersededAt: null, state: { in: ['queued', 'running'] } },
    orderBy: { createdAt: 'desc' },
    take: 1,
    select: { step: true, steps: true },
  },
} satisfies Prisma.IterationSelect;

/** Those under way and the newest 50 that a plan was made for (recorded ones too), newest first. */
export const listIterations = async (viewer: Viewer): Promise<IterationSummary[]> => {
  const mine = visibleTo(viewer);
  const [moving, newest] = await Promise.all([
    db.iteration.findMany({ where: { ...mine, state: { in: [...movingStates] } }, take: 200, select: summarySelect }),
    db.iteration.findMany({
      where: { ...mine, plan: { not: Prisma.DbNull } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: NEWEST,
      select: summarySelect,
    }),
  ]);
  const rows = [...new Map([...newest, ...moving].map((row) => [row.id, row])).values()];
  rows.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const summaries = rows.map(async (row) => {
    const gate = row.state === 'curate' ? await gateOf(row, planOf(row.plan)) : null;
    return iterationSummarySchema.parse({
      ...row,
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      step: row.jobs[0]?.step ?? null,
      steps: row.jobs[0]?.steps ?? null,
      toReview: gate?.toReview ?? 0,
    });
  });
  return Promise.all(summaries);
};
