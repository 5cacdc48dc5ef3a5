/**
 * Curves: what the policy's own rollouts score and how long they are, step by step, for the stages in which it moves.
 * They cross as sums, so that the browser can smooth, join and give intervals without asking again.
 */
import { z } from 'zod';
import { stageSchema } from '@/lib/domain/rollout';

const count = z.int().nonnegative();

/** Runs that may be laid over the one that is looked at. */
export const MOST_OVERLAID = 6;
/** Points that a browser is given in all, and for one line. */
export const MOST_POINTS = 1_000;
export const MOST_LINE_POINTS = 250;
/** Iterations drawn in all, the latest of each run first; more cannot be told apart. */
export const MOST_TURNS = 24;
/** Question sets with lines of their own, the largest first. */
export const MOST_SETS = 6;

export const curveStageSchema = stageSchema.extract(['activation', 'grpo']);
export type CurveStage = z.infer<typeof curveStageSchema>;

/** Of `n` values: what `meanInterval` needs. */
export const sumsSchema = z.object({ n: count, sum: z.number(), squares: z.number().nonnegative() });
export type Sums = z.infer<typeof sumsSchema>;

/** Neighbouring steps; `from` and `to` are steps of the policy that sampled, both included. */
export const curvePointSchema = z.object({
  from: count,
  to: count,
  /** Steps with rollouts between them: a turn of several optimiser steps samples once. */
  steps: z.int().positive(),
  rollouts: z.int().positive(),
  /** r_a in [0, 1] of those that are judged, with people's corrections. */
  accuracy: sumsSchema,
  /** Tokens of those whose length is known. */
  tokens: sumsSchema,
  /** Of the known lengths, how many are estimates. */
  estimated: count,
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

/** The points of one slice, or of one question set in it, in the order of their steps. */
export const curveSchema = z.object({
  runId: z.uuid(),
  k: count,
  stage: curveStageSchema,
  /** Null where all sets are taken together. */
  setId: z.uuid().nullable(),
  points: z.array(curvePointSchema),
});
export type Curve = z.infer<typeof curveSchema>;

/** What plan and checkpoints say of an iteration. */
export const curveTurnSchema = z.object({
  k: count,
  /** Null for imported rollouts. */
  seed: z.int().nullable(),
  /** Whether its policy began with weights that DPO made; null where nobody knows. */
  afterDpo: z.boolean().nullable(),
  /** Iterations with the same number differ in nothing but their seeds; null where no other is its like. */
  family: count.nullable(),
  /** Where its rollouts with steps came from, when others of the same stage have none; else empty. */
  sources: z.array(z.string()),
});
export type CurveTurn = z.infer<typeof curveTurnSchema>;

const namedSchema = z.object({ id: z.uuid(), name: z.string() });

export const curveRunSchema = namedSchema.extend({ turns: z.array(curveTurnSchema) });
export type CurveRun = z.infer<typeof curveRunSchema>;

export const curvesSchema = z.object({
  /** The run that is looked at first, then the overlaid ones in the order asked; those that are gone are left out. */
  runs: z.array(curveRunSchema),
  curves: z.array(curveSchema),
  /** Question sets of the rollouts with steps, by name. */
  sets: z.array(namedSchema),
  /** Neighbouring steps that one point is the mean of; 1 when every step has its own. */
  stepsPerPoint: z.int().positive(),
  /** Iterations that may have steps, and those of them that were looked at. */
  turns: z.object({ known: count, drawn: count }),
  /** Rollouts that were sampled once more after GRPO: they have no step, and no point. */
  withoutStep: count,
  /** Runs that differ in the DPO before GRPO and in nothing else that this was compared by. */
  partners: z.array(namedSchema),
});
export type Curves = z.infer<typeof curvesSchema>;
