import 'server-only';
/** A job's event log on its way into the database: each event exactly once, whatever is killed, in one transaction. */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { insertCheckpoint } from '@/lib/data/checkpoints/write';
import { notify } from '@/lib/data/events';
import { inTransaction } from '@/lib/data/transaction';
import { fitsInt, followProgress, type JobProgress } from '@/lib/domain/loop/job-progress';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import { type JobKind, jobKindSchema, jobStateSchema } from '@/lib/domain/trainer/names';
import { AppError } from '@/lib/errors';
import { insertLogLines } from './log-lines';
import { roomFor } from './room';
import { storableLine, storableValues } from './storable';
import { findAsked, type JobPlace, type RolloutEvent, storeRollouts } from './store-rollouts';

const isoOrNull = z
  .date()
  .nullable()
  .transform((date) => date?.toISOString() ?? null);
const lockedSchema = z.object({
  kind: jobKindSchema,
  seq: z.coerce.number(),
  state: jobStateSchema,
  attempt: z.int(),
  device: z.string().nullable(),
  error: z.string().nullable(),
  step: z.int().nullable(),
  steps: z.int().nullable(),
  startedAt: isoOrNull,
  finishedAt: isoOrNull,
  result: z.record(z.string(), z.number().nullable()).nullable(),
});

/** The job as it stands, which nobody else may follow until this transaction ends. */
const lockJob = async (
  client: PoolClient,
  { id, projectId }: JobPlace,
): Promise<JobProgress & { readonly kind: JobKind; readonly seq: number }> => {
  const { rows } = await client.query(
    `SELECT kind, last_event_seq AS seq, state, attempt, device, error, step, steps, started_at AS "startedAt",
            finished_at AS "finishedAt", result
     FROM job WHERE id = $1 AND project_id = $2 FOR UPDATE`,
    [id, projectId],
  );
  if (rows.length === 0) throw new AppError('not_found', 'This job is no longer there.');
  return lockedSchema.parse(rows[0]);
};

/** Those above `seq`. Throws `conflict` when one is left out: what came between would be lost for ever. */
const following = (events: readonly TrainerEvent[], jobId: string, seq: number): readonly TrainerEvent[] => {
  const fresh = events.filter((event) => event.seq > seq);
  fresh.forEach((event, at) => {
    const expected = seq + at + 1;
    if (event.seq !== expected) {
      throw new AppError('conflict', `Events of job ${jobId} jump to ${event.seq} where ${expected} is next.`);
    }
  });
  return fresh;
};

/**
 * Stores what follows the last event stored: rollouts with the frames they saw, metrics, log lines, the final
 * checkpoint, and where the job stands. Events that are stored already are passed over, so that two followers, and one
 * that was killed, may send the same again.
 *
 * @throws AppError `not_found` for a job that is gone, `conflict` for a gap; what PostgreSQL throws flies on, and
 *   nothing is stored.
 */
export const storeEvents = (job: JobPlace, events: readonly TrainerEvent[]): Promise<void> =>
  inTransaction(async (client) => {
    const { kind, seq, ...before } = await lockJob(client, job);
    const fresh = following(events, job.id, seq);
    const last = fresh.at(-1);
    if (!last) return;
    const rollouts = await writeRows(client, job, fresh);
    const published = await writeCheckpoints(client, job, kind, fresh);
    await writeProgress(client, job, fresh.reduce(followProgress, before), last.seq, rollouts);
    await notify({ projectId: job.projectId, topic: 'job', id: job.id }, client);
    if (rollouts > 0) await notify({ projectId: job.projectId, topic: 'rollout', id: job.runId }, client);
    if (published) await notify({ projectId: job.projectId, topic: 'iteration', id: job.iterationId }, client);
  });

type LogEvent = Extract<TrainerEvent, { type: 'log' }>;
type MetricEvent = Extract<TrainerEvent, { type: 'metric' }>;

/** Rollouts, metrics and log lines; returns how many rollouts. */
const writeRows = async (client: PoolClient, job: JobPlace, events: readonly TrainerEvent[]): Promise<number> => {
  const rollouts = events.filter((event): event is RolloutEvent => event.type === 'rollout');
  const logs = events.filter((event): event is LogEvent => event.type === 'log');
  const metrics = events.filter((event): event is MetricEvent => event.type === 'metric');
  const asked = await findAsked(client, job, [
    ...rollouts.map(({ questionId }) => questionId),
    ...logs.flatMap(({ questionId }) => questionId ?? []),
  ]);
  await writeMetrics(client, job.id, metrics);
  const { stored, refused } = await storeRollouts(client, job, rollouts, asked);
  await insertLogLines(client, job.id, [
    ...logs.map(({ seq, time, level, message, questionId }) => ({
      seq,
      at: time,
      level,
      message,
      // Only ours is a link; what else a trainer calls a question is in its words.
      questionId: questionId !== null && asked.has(questionId) ? questionId : null,
    })),
    ...warningsOf(refused),
  ]);
  return stored;
};

/** A trainer gone wrong must not fill the log: of one stretch, this many are told one by one. */
const MAX_WARNINGS = 20;

const warningsOf = (refused: readonly { readonly event: RolloutEvent; readonly reason: string }[]) => {
  const told = refused.slice(0, MAX_WARNINGS);
  const rest = refused.length - told.length;
  return told.map(({ event, reason }, at) => ({
    seq: event.seq,
    at: event.time,
    level: 'warning' as const,
    message: rest > 0 && at === told.length - 1 ? `${reason} So are ${rest} more near it.` : reason,
    questionId: null,
  }));
};

const writeMetrics = async (client: PoolClient, jobId: string, events: readonly MetricEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const metrics = events.filter(({ step }) => fitsInt(step)).slice(0, await roomFor(client, 'job_metric', jobId));
  if (metrics.length === 0) return;
  await client.query(
    `INSERT INTO job_metric (job_id, phase, step, values, at)
     SELECT $1, phase, step, values, at
     FROM unnest($2::text[], $3::int[], $4::jsonb[], $5::timestamptz[]) AS new (phase, step, values, at)
     ON CONFLICT DO NOTHING`,
    [
      jobId,
      metrics.map(({ phase }) => phase),
      metrics.map(({ step }) => step),
      metrics.map(({ values }) => JSON.stringify(storableValues(values))),
      metrics.map(({ time }) => time),
    ],
  );
};

/** Checkpoints on the way are the trainer's own affair; the final one is what others start from. */
const writeCheckpoints = async (
  client: PoolClient,
  job: JobPlace,
  kind: JobKind,
  events: readonly TrainerEvent[],
): Promise<boolean> => {
  let published = false;
  if (kind === 'rollout' || kind === 'eval') return published;
  for (const event of events) {
    if (event.type !== 'checkpoint' || !event.final || !fitsInt(event.step)) continue;
    published = (await insertCheckpoint(client, job.id, event)) || published;
  }
  return published;
};

const writeProgress = async (
  client: PoolClient,
  { id }: JobPlace,
  job: JobProgress,
  seq: number,
  rollouts: number,
): Promise<void> => {
  await client.query(
    `UPDATE job SET state = $2, attempt = $3, device = $4, error = $5, step = $6, steps = $7, started_at = $8,
            finished_at = $9, result = $10, last_event_seq = $11, rollouts = rollouts + $12 WHERE id = $1`,
    [
      id,
      job.state,
      job.attempt,
      job.device,
      job.error === null ? null : storableLine(job.error),
      job.step,
      job.steps,
      job.startedAt,
      job.finishedAt,
      job.result === null ? null : JSON.stringify(storableValues(job.result)),
      seq,
      rollouts,
    ],
  );
};
