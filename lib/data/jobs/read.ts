import 'server-only';
/** Jobs for the loop (by project) and for screens (by viewer). */
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { type Job, jobSchema } from '@/lib/domain/job';
import type { JobKind } from '@/lib/domain/trainer/names';
import { AppError } from '@/lib/errors';
import { type JobRecord, recordOf, recordSelect } from './record';

const MAX_JOBS = 200;

const viewSelect = {
  id: true,
  kind: true,
  stage: true,
  state: true,
  supersededAt: true,
  attempt: true,
  device: true,
  step: true,
  steps: true,
  dataCount: true,
  rollouts: true,
  error: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  result: true,
} as const;

type Times = {
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly supersededAt: Date | null;
};

const jobOf = <T extends Times>({ createdAt, startedAt, finishedAt, supersededAt, ...row }: T): Job =>
  jobSchema.parse({
    ...row,
    superseded: supersededAt !== null,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  });

/** A job for the worker, which acts for its project. Throws `not_found`. */
export const readJobRecord = async (projectId: string, jobId: string): Promise<JobRecord> => {
  const row = await db.job.findFirst({ where: { id: jobId, projectId }, select: recordSelect });
  if (!row) throw new AppError('not_found', 'Job not found');
  return recordOf(row);
};

/** The job of each kind that counts in an iteration: the one that no other took the place of. */
export const currentJobs = async (projectId: string, iterationId: string): Promise<ReadonlyMap<JobKind, JobRecord>> => {
  const rows = await db.job.findMany({
    where: { projectId, iterationId, supersededAt: null },
    orderBy: { createdAt: 'asc' },
    select: recordSelect,
  });
  return new Map(rows.map(recordOf).map((job) => [job.kind, job]));
};

/** Jobs of an iteration as its screen shows them, oldest first, superseded ones too; none for foreign iterations. */
export const listJobs = async (viewer: Viewer, iterationId: string): Promise<Job[]> => {
  const rows = await db.job.findMany({
    where: { iterationId, ...visibleTo(viewer) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MAX_JOBS,
    select: viewSelect,
  });
  return rows.reverse().map(jobOf);
};

/** One job. Throws `not_found` for foreign jobs too. */
export const getJob = async (viewer: Viewer, jobId: string): Promise<Job> => {
  const row = await db.job.findFirst({ where: { id: jobId, ...visibleTo(viewer) }, select: viewSelect });
  if (!row) throw new AppError('not_found', 'Job not found');
  return jobOf(row);
};
