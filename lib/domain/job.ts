/** Jobs: requests to a trainer, as the studio shows them. */
import { z } from 'zod';
import { jobKindSchema, jobStateSchema } from './trainer/names';

const count = z.int().nonnegative();

const jobStages = ['activation', 'grpo', 'dpo', 'eval'] as const;
export const jobStageSchema = z.enum(jobStages);
export type JobStage = z.infer<typeof jobStageSchema>;

export const jobSchema = z.object({
  id: z.uuid(),
  kind: jobKindSchema,
  stage: jobStageSchema,
  state: jobStateSchema,
  /** Another job took its place: what it made stays to be seen, and counts for nothing that follows. */
  superseded: z.boolean(),
  /** 1 for the first start; restarts and resumes count on. */
  attempt: count,
  device: z.string().nullable(),
  step: count.nullable(),
  steps: count.nullable(),
  /** Questions, for DPO pairs, in its data. */
  dataCount: count.nullable(),
  rollouts: count,
  error: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** The trainer's closing figures: `seconds`, `rollouts`, `peakMemoryBytes`, `failedQuestions`. */
  result: z.record(z.string(), z.number().nullable()).nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** Numbers of one step, by the trainer's names (`reward`, `kl` in nats, `samplesPerSecond`). */
export const metricPointSchema = z.object({
  phase: z.string(),
  step: count,
  values: z.record(z.string(), z.number().nullable()),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const logLevelSchema = z.enum(['debug', 'info', 'warning', 'error']);
export const logLineSchema = z.object({
  /** Of the trainer's event; the studio's own lines, written before the trainer had the job, are below zero. */
  seq: z.int(),
  at: z.string(),
  level: logLevelSchema,
  message: z.string(),
  /** A question of ours that the line is about. */
  questionId: z.string().nullable(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** The last step known of each phase: what comes after it is asked for. Points are never changed, and none comes before. */
export const metricCursorSchema = z
  .record(z.string().max(200), count)
  .refine((cursor) => Object.keys(cursor).length <= 100, 'At most 100 phases');
export type MetricCursor = z.infer<typeof metricCursorSchema>;

/**
 * `count` is of all points the job has, also where only those after a cursor are sent; of many, those are sent that hold
 * an end, a peak or a dip.
 */
export const jobMetricsSchema = z.object({ points: z.array(metricPointSchema), count });
export type JobMetrics = z.infer<typeof jobMetricsSchema>;

/** A page of a log, newest first; `more` lie before it. */
export const jobLogsSchema = z.object({ lines: z.array(logLineSchema), more: z.boolean() });
export type JobLogs = z.infer<typeof jobLogsSchema>;
