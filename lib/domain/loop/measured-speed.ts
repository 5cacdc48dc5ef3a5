/** What earlier jobs took on a trainer, and which of them tell the speed of the next one. */
import { z } from 'zod';
import type { ModelRef } from '@/lib/domain/trainer/job';

/** What was measured: GRPO with everything it does, sampling alone, DPO, greedy answers. */
export const measuredParts = ['explore', 'sample', 'align', 'evaluate'] as const;
export const measuredPartSchema = z.enum(measuredParts);
export type MeasuredPart = z.infer<typeof measuredPartSchema>;

/** What base weights are called, so that runs of the same policy are known by it. The same as `baseOfRun` in SQL. */
export const baseKey = (model: ModelRef): string => {
  const { source, name } = model;
  if (model.source === 'checkpoint') return `${source} ${name} ${model.job}`;
  return model.source === 'built'
    ? `${source} ${name} ${model.seed} ${model.width} ${model.layers}`
    : `${source} ${name}`;
};

/** Which job a figure is from. `base` names the weights its run began with. */
const placeShape = {
  trainerId: z.uuid(),
  runId: z.uuid(),
  base: z.string().nullable(),
} as const;

export const measureSchema = z.object({
  ...placeShape,
  part: measuredPartSchema,
  device: z.string().nullable(),
  /** False while the job still runs. */
  finished: z.boolean(),
  seconds: z.number().positive(),
  /** Rollouts, for DPO passes over a pair, for evaluation answers. */
  units: z.number().positive(),
});
export type Measure = z.infer<typeof measureSchema>;

export const checkpointSizeSchema = z.object({ ...placeShape, bytes: z.number().positive() });
export type CheckpointSize = z.infer<typeof checkpointSizeSchema>;

/** The job that is to be estimated. `runId` is null for a new run, `device` for the first free one. */
export type Wanted = {
  readonly trainerId: string;
  readonly runId: string | null;
  readonly base: string | null;
  readonly device: string | null;
};

/** How near the measured jobs are: of this run, of a run from the same base, or any of this trainer. */
export type Nearness = 'run' | 'base' | 'trainer';

export type Speed = {
  readonly secondsPerUnit: number;
  readonly jobs: number;
  readonly nearness: Nearness;
  /** What was measured in its place, where nothing of the part itself was. */
  readonly instead: MeasuredPart | null;
};
export type Speeds = Readonly<Record<MeasuredPart, Speed | null>> & {
  /** Of a final checkpoint. */
  readonly checkpoint: { readonly bytes: number; readonly nearness: Nearness } | null;
};

/** The newest jobs tell; older ones ran other code or other settings. */
const NEWEST = 3;

type Place = { readonly trainerId: string; readonly runId: string; readonly base: string | null };

/** Those of the nearest kind that has any, in the order given; undefined where the trainer has none. */
const nearest = <T extends Place>(
  all: readonly T[],
  { trainerId, runId, base }: Wanted,
): { readonly found: readonly T[]; readonly nearness: Nearness } | undefined => {
  const here = all.filter((each) => each.trainerId === trainerId);
  const ofRun = here.filter((each) => each.runId === runId);
  if (ofRun.length > 0) return { found: ofRun, nearness: 'run' };
  const ofBase = here.filter((each) => base !== null && each.base === base);
  if (ofBase.length > 0) return { found: ofBase, nearness: 'base' };
  return here.length > 0 ? { found: here, nearness: 'trainer' } : undefined;
};

const speedOf = (measures: readonly Measure[], wanted: Wanted, instead: MeasuredPart | null): Speed | null => {
  const fitting = measures.filter(({ device }) => wanted.device === null || device === wanted.device);
  const near = nearest(fitting, wanted);
  if (!near) return null;
  const newest = near.found.slice(0, NEWEST);
  const seconds = newest.reduce((sum, each) => sum + each.seconds, 0);
  const units = newest.reduce((sum, each) => sum + each.units, 0);
  return { secondsPerUnit: seconds / units, jobs: newest.length, nearness: near.nearness, instead };
};

/**
 * The speed of each part, from the newest jobs of the nearest kind. Greedy answers that nobody measured take the speed
 * of sampling, which does the same work.
 *
 * @param measures newest first
 * @param sizes newest first
 */
export const pickSpeeds = (measures: readonly Measure[], sizes: readonly CheckpointSize[], wanted: Wanted): Speeds => {
  const of = (part: MeasuredPart, instead: MeasuredPart | null = null) =>
    speedOf(
      measures.filter((each) => each.part === part),
      wanted,
      instead,
    );
  const size = nearest(sizes, wanted);
  const [newest] = size?.found ?? [];
  return {
    explore: of('explore'),
    sample: of('sample'),
    align: of('align'),
    evaluate: of('evaluate') ?? of('sample', 'sample'),
    checkpoint: newest && size ? { bytes: newest.bytes, nearness: size.nearness } : null,
  };
};
