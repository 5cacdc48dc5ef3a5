/**
 * What an iteration will cost, before it is launched: counts by the trainer's own arithmetic, time and disk by what was
 * measured. Nothing is guessed: without a measurement there are counts alone. Judging by rules takes no time worth
 * counting, and how long people review is theirs.
 */
import type { z } from 'zod';
import type { dpoSettingsSchema, grpoSettingsSchema } from '@/lib/domain/trainer/settings';
import type { MeasuredPart, Speed, Speeds } from './measured-speed';
import type { Plan } from './plan';

type GrpoSettings = z.infer<typeof grpoSettingsSchema>;
type DpoSettings = z.infer<typeof dpoSettingsSchema>;

/** Optimiser steps and rollouts of GRPO on `questions`. */
export const grpoCounts = (settings: GrpoSettings, questions: number): { steps: number; rollouts: number } => {
  if (questions === 0) return { steps: 0, rollouts: 0 };
  const { questionBatch, samplesPerQuestion: group, globalBatch, numIterations, epochs, maxSteps } = settings;
  const turnsPerEpoch = Math.ceil(questions / questionBatch);
  const lastTurn = questions - (turnsPerEpoch - 1) * questionBatch;
  const stepsOf = (asked: number) => Math.ceil((asked * group) / globalBatch) * numIterations;
  const stepsPerTurn = stepsOf(questionBatch);
  const stepsPerEpoch = (turnsPerEpoch - 1) * stepsPerTurn + stepsOf(lastTurn);
  const steps = Math.min(stepsPerEpoch * epochs, maxSteps ?? Number.POSITIVE_INFINITY);
  // Whole epochs, then the turns of one that `maxSteps` cuts short: a turn that begins samples all its questions.
  const wholeEpochs = Math.floor(steps / stepsPerEpoch);
  const turns = Math.ceil((steps - wholeEpochs * stepsPerEpoch) / stepsPerTurn);
  return { steps, rollouts: (wholeEpochs * questions + Math.min(turns * questionBatch, questions)) * group };
};

/** Optimiser steps of DPO on `pairs`, and how many pairs pass through the model in all. */
export const dpoCounts = (settings: DpoSettings, pairs: number): { steps: number; passes: number } => {
  if (pairs === 0) return { steps: 0, passes: 0 };
  const stepsPerEpoch = Math.ceil(pairs / settings.globalBatch);
  const steps = Math.min(stepsPerEpoch * settings.epochs, settings.maxSteps ?? Number.POSITIVE_INFINITY);
  const wholeEpochs = Math.floor(steps / stepsPerEpoch);
  const rest = Math.min((steps - wholeEpochs * stepsPerEpoch) * settings.globalBatch, pairs);
  return { steps, passes: wholeEpochs * pairs + rest };
};

/**
 * A resumable checkpoint in final ones: the weights, and what AdamW keeps of each. In float32 that is two moments of
 * four bytes; beside weights in bfloat16 also a copy of them in float32; in 8 bits two bytes. Adapters are small.
 */
export const resumableShare = (
  { tuning, optimizer, dtype }: Pick<GrpoSettings, 'tuning' | 'optimizer' | 'dtype'>,
  onGpu: boolean,
): number => {
  if (tuning === 'lora') return 1;
  const weight = dtype === 'bfloat16' || (dtype === 'auto' && onGpu) ? 2 : 4;
  if (optimizer === 'adamw-8bit') return (weight + 2) / weight;
  return weight === 4 ? 3 : 7;
};

export type EstimateInput = {
  readonly plan: Plan;
  /** Questions of the chosen sets that the trainer can be sent; for `explore` those that have a truth. */
  readonly questions: Readonly<Record<'explore' | 'sample' | 'evaluate', number>>;
  /** Pairs of the chosen frozen set; null where this iteration makes its own. */
  readonly frozenPairs: number | null;
  /** Pairs per group that were proposed before in this run; null where none were. */
  readonly pairsPerGroup: number | null;
  /** Pairs of one question at most. */
  readonly mostPairsPerGroup: number;
  readonly speeds: Speeds;
  readonly onGpu: boolean;
};

/** `about`: as many as before; `at most`: what the limits allow. */
export type PairCount = { readonly count: number; readonly sure: 'exactly' | 'about' | 'at most' };

export type StageCost = {
  readonly stage: MeasuredPart;
  readonly questions: number | null;
  readonly rollouts: number | null;
  readonly pairs: PairCount | null;
  readonly steps: number | null;
  /** Null where nothing tells the speed. */
  readonly seconds: number | null;
  readonly speed: Speed | null;
};

export type Estimate = {
  readonly stages: readonly StageCost[];
  /** Of all stages, greedy answers included. */
  readonly rollouts: number;
  readonly steps: number;
  readonly pairs: PairCount | null;
  /** Of the stages whose speed is known; null where none is. */
  readonly seconds: number | null;
  readonly unmeasured: readonly MeasuredPart[];
  /** Bytes on the trainer at most: final checkpoints and the resumable ones that are kept. Null where none was made. */
  readonly diskBytes: number | null;
};

const taken = (ready: number, most: number | null): number => (most === null ? ready : Math.min(ready, most));

const pairsOf = (input: EstimateInput, groups: number): PairCount | null => {
  if (input.plan.align?.pairSetId) return { count: input.frozenPairs ?? 0, sure: 'exactly' };
  if (!input.plan.curate) return null;
  return input.pairsPerGroup === null
    ? { count: groups * input.mostPairsPerGroup, sure: 'at most' }
    : { count: Math.round(groups * input.pairsPerGroup), sure: 'about' };
};

const diskOf = ({ plan, speeds, onGpu }: EstimateInput, steps: { explore: number; align: number }): number | null => {
  const { checkpoint } = speeds;
  if (!checkpoint) return null;
  const jobs = [
    ...(plan.explore ? [{ settings: plan.explore.settings, steps: steps.explore }] : []),
    ...(plan.align ? [{ settings: plan.align.settings, steps: steps.align }] : []),
  ];
  return jobs.reduce((sum, { settings, steps: taken }) => {
    const kept = Math.min(settings.keepCheckpoints, Math.floor(taken / settings.checkpointEvery));
    return sum + checkpoint.bytes * (1 + kept * resumableShare(settings, onGpu));
  }, 0);
};

/** Counts, time and disk of a plan, stage by stage. */
export const estimatePlan = (input: EstimateInput): Estimate => {
  const { plan, questions, speeds } = input;
  const timed = (part: MeasuredPart, units: number) => {
    const speed = speeds[part];
    return { speed, seconds: speed && units * speed.secondsPerUnit };
  };
  const stages: StageCost[] = [];
  const none = { questions: null, rollouts: null, pairs: null, steps: null } as const;
  let groups = 0;
  if (plan.explore) {
    const asked = taken(questions.explore, plan.explore.mostQuestions);
    const { steps, rollouts } = grpoCounts(plan.explore.settings, asked);
    groups += rollouts / plan.explore.settings.samplesPerQuestion;
    stages.push({ ...none, stage: 'explore', questions: asked, rollouts, steps, ...timed('explore', rollouts) });
  }
  if (plan.sample) {
    const asked = taken(questions.sample, plan.sample.mostQuestions);
    const rollouts = asked * plan.sample.settings.samplesPerQuestion;
    groups += asked;
    stages.push({ ...none, stage: 'sample', questions: asked, rollouts, ...timed('sample', rollouts) });
  }
  const pairs = pairsOf(input, groups);
  if (plan.align) {
    const { steps, passes } = dpoCounts(plan.align.settings, pairs?.count ?? 0);
    stages.push({ ...none, stage: 'align', pairs, steps, ...timed('align', passes) });
  }
  if (plan.evaluate) {
    const asked = taken(questions.evaluate, plan.evaluate.mostQuestions);
    const answers = asked * plan.evaluate.settings.samplesPerQuestion;
    stages.push({ ...none, stage: 'evaluate', questions: asked, rollouts: answers, ...timed('evaluate', answers) });
  }
  const known = stages.filter(({ seconds }) => seconds !== null);
  const stepsOf = (stage: MeasuredPart) => stages.find((each) => each.stage === stage)?.steps ?? 0;
  return {
    stages,
    rollouts: stages.reduce((sum, { rollouts }) => sum + (rollouts ?? 0), 0),
    steps: stages.reduce((sum, { steps }) => sum + (steps ?? 0), 0),
    pairs,
    seconds: known.length === 0 ? null : known.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    unmeasured: stages.flatMap(({ stage, seconds }) => (seconds === null ? [stage] : [])),
    diskBytes: diskOf(input, { explore: stepsOf('explore'), align: stepsOf('align') }),
  };
};
