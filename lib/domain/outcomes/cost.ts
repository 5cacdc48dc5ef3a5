/**
 * What the stages of a run took. Seconds are those that the trainer measured of its own work and logged (loading weights
 * and waiting are not in them), so that a recorded run shows its recording's cost however fast it is replayed. Clock
 * times are the trainer's too, and stand beside them: the two are never added up.
 *
 * Of a job that succeeded at its first attempt the seconds are its closing figure. Of any other they are summed over the
 * steps it logged, each once: what an attempt did after its last step, and steps that a resumed job did again, are
 * not in them.
 */
import { z } from 'zod';
import { jobStageSchema } from '@/lib/domain/job';
import { jobKindSchema, jobStateSchema } from '@/lib/domain/trainer/names';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

export const jobCostSchema = z.object({
  jobId: z.uuid(),
  iterationId: z.uuid(),
  k: count,
  kind: jobKindSchema,
  stage: jobStageSchema,
  state: jobStateSchema,
  /** Another job took its place: what it spent is spent, and its work counts for nothing that follows. */
  superseded: z.boolean(),
  attempt: count,
  device: z.string().nullable(),
  steps: count.nullable(),
  /** Null before its first step. */
  seconds: amount.nullable(),
  /** From the start of its last attempt to its end, by the trainer's clock; null while it runs. */
  clockSeconds: amount.nullable(),
  /** Rollouts, for DPO passes over a pair, for evaluation answers; null where nothing tells. */
  units: amount.nullable(),
  /** Of GRPO: questions asked, as often as they were. */
  questions: amount.nullable(),
});
export type JobCost = z.infer<typeof jobCostSchema>;

export const iterationCostSchema = z.object({
  iterationId: z.uuid(),
  k: count,
  /** No trainer of the studio's worked on it. */
  imported: z.boolean(),
  /** By the studio's clock, and only where that clock saw it: null for a replay. */
  verifySeconds: amount.nullable(),
  /** From all pairs proposed to the set frozen, people's thinking included. */
  curateSeconds: amount.nullable(),
});
export type IterationCost = z.infer<typeof iterationCostSchema>;

export const costsSchema = z.object({ jobs: z.array(jobCostSchema), iterations: z.array(iterationCostSchema) });
export type Costs = z.infer<typeof costsSchema>;

export type Rate = {
  readonly seconds: number;
  readonly units: number;
  /** Null without a unit. */
  readonly secondsPerUnit: number | null;
};

const rate = (seconds: number, units: number): Rate => ({
  seconds,
  units,
  secondsPerUnit: units > 0 ? seconds / units : null,
});

/** Seconds over units of the jobs that tell both. */
export const rateOf = (jobs: readonly JobCost[], unit: 'units' | 'questions' = 'units'): Rate => {
  const telling = jobs.flatMap((job) => {
    const units = job[unit];
    return job.seconds === null || units === null || units === 0 ? [] : [{ seconds: job.seconds, units }];
  });
  return rate(
    telling.reduce((sum, { seconds }) => sum + seconds, 0),
    telling.reduce((sum, { units }) => sum + units, 0),
  );
};

/** What one example is in the ratio of GRPO to DPO. */
export const ratioUnits = ['question', 'rollout'] as const;
export type RatioUnit = (typeof ratioUnits)[number];

export type CostRatio = {
  readonly grpo: Rate;
  readonly dpo: Rate;
  /** How many times as long GRPO takes for one example as DPO for one pair; null where one of the two did not run. */
  readonly ratio: number | null;
};

/**
 * The method calls DPO "7× faster than GRPO" and leaves open per what. Here an example is what a line of the training
 * data is: to GRPO a question, which it samples a whole group of responses for before it learns from them; to DPO a
 * pair. Per single rollout GRPO is cheaper by the size of the group.
 *
 * Jobs of every iteration that count; superseded ones do not.
 */
export const costRatio = (jobs: readonly JobCost[], unit: RatioUnit): CostRatio => {
  const counting = jobs.filter(({ superseded }) => !superseded);
  const grpo = rateOf(
    counting.filter(({ kind }) => kind === 'grpo'),
    unit === 'question' ? 'questions' : 'units',
  );
  const dpo = rateOf(counting.filter(({ kind }) => kind === 'dpo'));
  const known = grpo.secondsPerUnit !== null && dpo.secondsPerUnit !== null && dpo.secondsPerUnit > 0;
  return { grpo, dpo, ratio: known ? (grpo.secondsPerUnit ?? 0) / (dpo.secondsPerUnit ?? 1) : null };
};

/** All of GRPO over all of DPO, whatever each was given to learn from. */
export const stageRatio = (jobs: readonly JobCost[]): CostRatio => {
  const total = (kind: JobCost['kind']): Rate => {
    const own = jobs.filter((job) => job.kind === kind && !job.superseded && job.seconds !== null);
    return rate(sumSeconds(own).seconds, own.length);
  };
  const [grpo, dpo] = [total('grpo'), total('dpo')];
  return { grpo, dpo, ratio: grpo.seconds > 0 && dpo.seconds > 0 ? grpo.seconds / dpo.seconds : null };
};

const SECONDS_PER_HOUR = 3_600;

/** Every job holds one device: the only way trainers are asked for one. */
export const deviceHours = (seconds: number): number => seconds / SECONDS_PER_HOUR;

/** Seconds of jobs that tell them, and how many do not. */
export const sumSeconds = (jobs: readonly JobCost[]): { readonly seconds: number; readonly silent: number } => ({
  seconds: jobs.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
  silent: jobs.filter(({ seconds }) => seconds === null).length,
});

/** The jobs of one kind in one iteration: the one that counts and those that it took the place of. */
export type StageCost = {
  readonly iterationId: string;
  readonly k: number;
  readonly kind: JobCost['kind'];
  readonly stage: JobCost['stage'];
  readonly jobs: readonly JobCost[];
  /** Seconds of the job that counts, null before its first step, and of the superseded ones. */
  readonly seconds: number | null;
  readonly superseded: number;
};

/** In the order of the loop, as the jobs are. */
export const stageCosts = (jobs: readonly JobCost[]): StageCost[] =>
  [...Map.groupBy(jobs, ({ iterationId, kind }) => `${iterationId} ${kind}`).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const counting = own.filter(({ superseded, seconds }) => !superseded && seconds !== null);
    const { iterationId, k, kind, stage } = first;
    return [
      {
        iterationId,
        k,
        kind,
        stage,
        jobs: own,
        seconds: counting.length > 0 ? sumSeconds(counting).seconds : null,
        superseded: sumSeconds(own.filter(({ superseded }) => superseded)).seconds,
      },
    ];
  });

/** More than any device costs: what is above is a slip of the hand. */
const MOST_PRICE = 100_000;

/** A price per device-hour as it is typed or stands in an address, `2.5` or `2,5`; null for what is none. */
export const parsePrice = (text: string | null): number | null => {
  const trimmed = (text ?? '').trim().replace(',', '.');
  if (!/^\d{1,6}(\.\d{1,4})?$/.test(trimmed)) return null;
  const price = Number(trimmed);
  return price > 0 && price <= MOST_PRICE ? price : null;
};
