import 'server-only';
/** What the loop reads before each step. It acts for the iteration's project, in the name of whoever launched it. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { readGate } from '@/lib/data/gates/read';
import { currentJobs } from '@/lib/data/jobs/read';
import type { JobRecord } from '@/lib/data/jobs/record';
import type { Viewer } from '@/lib/data/viewer';
import type { GateStatus } from '@/lib/domain/iteration';
import type { JobFact, Snapshot } from '@/lib/domain/loop/next-step';
import { type Plan, planSchema } from '@/lib/domain/loop/plan';
import { type JobSlot, slotKind } from '@/lib/domain/loop/stages';
import { iterationStateSchema } from '@/lib/domain/run';

const select = {
  id: true,
  projectId: true,
  k: true,
  state: true,
  cancelRequested: true,
  plan: true,
  trainerId: true,
  startCheckpointId: true,
  createdBy: true,
  proposedAt: true,
  run: { select: { id: true, name: true, verifierVersionId: true } },
  pairSet: { select: { id: true, pairCount: true } },
} as const;

const planned = z.object({ state: iterationStateSchema, plan: planSchema });

export type LoopState = {
  readonly iterationId: string;
  readonly projectId: string;
  readonly k: number;
  readonly run: {
    readonly id: string;
    readonly name: string;
    readonly verifierVersionId: string;
  };
  readonly plan: Plan;
  /** Null while a recording is played into it. */
  readonly trainerId: string | null;
  readonly startCheckpointId: string | null;
  readonly pairSetId: string | null;
  /** Whoever launched it; undefined when they are gone. */
  readonly viewer: Viewer | undefined;
  /** By id. */
  readonly jobs: readonly JobRecord[];
  readonly snapshot: Snapshot;
};

type Place = { readonly iterationId: string; readonly run: LoopState['run'] };

/**
 * Whether a rollout of the iteration has no verdict of its run's version, or may stand as another version decided. The
 * version is read here: the run may have moved since the state was read.
 */
export const hasUnverified = async ({ iterationId, run }: Place): Promise<boolean> => {
  const { rows } = await pool.query<{ unverified: boolean }>(
    `SELECT EXISTS (SELECT FROM iteration WHERE id = $2 AND owed_standing IS NOT NULL)
         OR EXISTS (SELECT FROM rollout r WHERE r.run_id = $1 AND r.iteration_id = $2 AND NOT EXISTS (
              SELECT FROM verdict v WHERE v.rollout_id = r.id AND v.reading_id = (
                SELECT version.reading_id FROM run JOIN verifier_version version ON version.id = run.verifier_version_id
                WHERE run.id = $1) OFFSET 0)) AS unverified`,
    [run.id, iterationId],
  );
  return rows[0]?.unverified === true;
};

/** A job that counts no more and has not ended. */
const findStray = async (iterationId: string): Promise<JobFact['id'] | null> => {
  const stray = await db.job.findFirst({
    where: { iterationId, supersededAt: { not: null }, state: { in: ['queued', 'running'] }, trainerId: { not: null } },
    select: { id: true },
  });
  return stray?.id ?? null;
};

/**
 * An iteration as it stands; undefined for one that is gone or that no loop moves. `served`: somebody plays the trainer,
 * so that none has to be registered. What only some stages ask for is read in those alone.
 */
export const readLoopState = async (iterationId: string, served: boolean): Promise<LoopState | undefined> => {
  const row = await db.iteration.findUnique({ where: { id: iterationId }, select });
  if (!row || row.plan === null) return undefined;
  const { projectId, k, run, trainerId, startCheckpointId, createdBy, cancelRequested, proposedAt } = row;
  const { state, plan } = planned.parse(row);
  const jobs = await currentJobs(projectId, iterationId);
  const factOf = (slot: JobSlot): JobFact | null => jobs.get(slotKind[slot]) ?? null;
  const gate: GateStatus | null =
    state === 'curate' && plan.curate && proposedAt && !row.pairSet
      ? await readGate(projectId, iterationId, plan.curate.gate, plan.seed)
      : null;
  const reads = state === 'verify' || state === 'eval';
  return {
    iterationId,
    projectId,
    k,
    run,
    plan,
    trainerId,
    startCheckpointId,
    pairSetId: row.pairSet?.id ?? null,
    viewer: createdBy === null ? undefined : { userId: createdBy, projectId },
    jobs: [...jobs.values()],
    snapshot: {
      state,
      cancelRequested,
      plan,
      hasTrainer: served || trainerId !== null,
      hasPerson: createdBy !== null,
      jobs: {
        explore: factOf('explore'),
        sample: factOf('sample'),
        align: factOf('align'),
        evaluate: factOf('evaluate'),
      },
      stray: await findStray(iterationId),
      unverified: reads && (await hasUnverified({ iterationId, run })),
      proposed: proposedAt !== null,
      gate,
      pairSet: row.pairSet,
    },
  };
};
