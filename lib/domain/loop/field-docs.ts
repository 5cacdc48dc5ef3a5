/**
 * What every setting of a plan is called and means: its standard name in the field, one sentence, and its unit. What
 * the trainer does with each is in `trainer/veripo_trainer/contract.py`; bounds come from the schemas alone.
 */

import type { z } from 'zod';
import type {
  dpoSettingsSchema,
  evalSettingsSchema,
  grpoSettingsSchema,
  rolloutSettingsSchema,
} from '@/lib/domain/trainer/settings';

export const fieldGroups = [
  'common',
  'sampling',
  'loss',
  'optimiser',
  'lora',
  'checkpoints',
  'frames',
  'memory',
  'prompt',
] as const;
export type FieldGroup = (typeof fieldGroups)[number];

export const groupLabels: Record<FieldGroup, string> = {
  common: 'Common',
  sampling: 'Sampling',
  loss: 'Loss',
  optimiser: 'Optimiser',
  lora: 'LoRA',
  checkpoints: 'Checkpoints',
  frames: 'Frames',
  memory: 'Memory and precision',
  prompt: 'Prompt and tags',
};

export type FieldDoc = {
  readonly label: string;
  /** One sentence. */
  readonly says: string;
  readonly unit?: string;
  readonly group: FieldGroup;
  /** What an empty field means, where it may be empty. */
  readonly empty?: string;
};

type Settings = z.infer<typeof grpoSettingsSchema> &
  z.infer<typeof rolloutSettingsSchema> &
  z.infer<typeof dpoSettingsSchema> &
  z.infer<typeof evalSettingsSchema>;
type FrameKey = keyof Settings['frames'];

/** By name of the setting. A setting that the trainer learns and this table does not is an error of types. */
export const settingDocs: Record<Exclude<keyof Settings, 'frames'>, FieldDoc> = {
  maxSteps: {
    label: 'Max steps',
    says: 'Optimiser steps after which training ends, whatever is left of the epochs.',
    unit: 'steps',
    group: 'common',
    empty: 'all epochs',
  },
  epochs: { label: 'Epochs', says: 'Passes over the data.', group: 'common' },
  globalBatch: {
    label: 'Global batch size',
    says: 'Rollouts per optimiser step, gathered over micro-batches; a multiple of the responses per question.',
    unit: 'rollouts',
    group: 'common',
  },
  questionBatch: {
    label: 'Rollout batch size',
    says: 'Questions sampled at once, before the next optimiser steps.',
    unit: 'questions',
    group: 'common',
  },
  learningRate: { label: 'Learning rate', says: 'Step size of AdamW after warm-up.', group: 'common' },
  samplesPerQuestion: {
    label: 'Responses per question (G)',
    says: 'Size of a group: its rewards are compared with each other.',
    unit: 'rollouts',
    group: 'common',
  },
  temperature: {
    label: 'Temperature',
    says: 'Below 1 the likely words come oftener, above 1 the unlikely ones.',
    group: 'common',
  },
  maxNewTokens: {
    label: 'Max new tokens',
    says: 'A response that reaches this length is cut off.',
    unit: 'tokens',
    group: 'common',
  },
  beta: {
    label: 'KL coefficient (β)',
    says: 'Weight of the k3 estimate of the KL divergence from the starting policy; 0 keeps no reference in memory.',
    group: 'common',
  },
  nllWeight: {
    label: 'NLL weight',
    says: 'Weight of the cross-entropy of the chosen responses, which keeps their likelihood from falling.',
    group: 'common',
  },
  topP: {
    label: 'Top-p',
    says: 'Samples from the likeliest tokens whose probabilities add up to this; 1 samples from all.',
    group: 'sampling',
  },
  lossType: {
    label: 'Loss type',
    says: 'How token losses are averaged: per response (grpo), per token of the batch (bnpo, dapo), or by a constant (dr_grpo).',
    group: 'loss',
  },
  scaleRewards: {
    label: 'Reward scaling',
    says: 'Whether advantages are divided by the standard deviation of their group, of the batch, or not at all.',
    group: 'loss',
  },
  clipLow: {
    label: 'Clip ε low',
    says: 'How far a token’s probability ratio may fall below 1 before its gradient stops.',
    group: 'loss',
  },
  clipHigh: {
    label: 'Clip ε high',
    says: 'How far a token’s probability ratio may rise above 1 before its gradient stops.',
    group: 'loss',
  },
  numIterations: {
    label: 'Updates per rollout batch (μ)',
    says: 'Optimiser passes over one batch of rollouts.',
    unit: 'passes',
    group: 'loss',
  },
  maskTruncated: {
    label: 'Mask truncated responses',
    says: 'Leaves responses that the token limit cut off out of the loss.',
    group: 'loss',
  },
  maxResponseTokens: {
    label: 'Max response tokens',
    says: 'Longer responses are cut at their end; prompt and video tokens never are.',
    unit: 'tokens',
    group: 'loss',
  },
  optimizer: {
    label: 'Optimiser',
    says: 'AdamW, or AdamW with its moments in 8 bits, which takes a quarter of their memory.',
    group: 'optimiser',
  },
  schedule: {
    label: 'Learning-rate schedule',
    says: 'What the learning rate does after warm-up: stays, or falls to 0 at the last step.',
    group: 'optimiser',
  },
  warmupSteps: {
    label: 'Warm-up steps',
    says: 'Steps over which the learning rate rises from 0.',
    unit: 'steps',
    group: 'optimiser',
  },
  weightDecay: {
    label: 'Weight decay',
    says: 'Share by which AdamW shrinks the weights, times the learning rate, at each step.',
    group: 'optimiser',
  },
  adamBeta1: { label: 'Adam β₁', says: 'Decay of the running mean of the gradient.', group: 'optimiser' },
  adamBeta2: { label: 'Adam β₂', says: 'Decay of the running mean of the squared gradient.', group: 'optimiser' },
  maxGradNorm: {
    label: 'Max gradient norm',
    says: 'Gradients that are longer are scaled down to this length.',
    group: 'optimiser',
  },
  freezeVisual: {
    label: 'Freeze visual encoder',
    says: 'Trains the language model alone; the visual tower stays as it is.',
    group: 'optimiser',
  },
  tuning: {
    label: 'Tuning',
    says: 'All weights, or low-rank adapters (LoRA) in the language model that are merged into the checkpoint.',
    group: 'lora',
  },
  loraRank: { label: 'LoRA rank', says: 'Rank of each adapter; used with LoRA only.', group: 'lora' },
  loraAlpha: {
    label: 'LoRA α',
    says: 'Adapters are scaled by α divided by the rank; used with LoRA only.',
    group: 'lora',
  },
  loraDropout: {
    label: 'LoRA dropout',
    says: 'Share of an adapter’s inputs that are dropped in training; used with LoRA only.',
    group: 'lora',
  },
  checkpointEvery: {
    label: 'Checkpoint every',
    says: 'Steps between resumable checkpoints: what a crash can cost.',
    unit: 'steps',
    group: 'checkpoints',
  },
  keepCheckpoints: {
    label: 'Checkpoints kept',
    says: 'Resumable checkpoints that stay on the trainer’s disk; the final one always stays.',
    unit: 'checkpoints',
    group: 'checkpoints',
  },
  microBatch: {
    label: 'Micro-batch size',
    says: 'Samples that go through the model at once; lower it when memory ends, the result stays the same.',
    unit: 'samples',
    group: 'memory',
  },
  gradientCheckpointing: {
    label: 'Gradient checkpointing',
    says: 'Computes activations twice instead of keeping them: less memory, more time.',
    group: 'memory',
  },
  dtype: {
    label: 'Precision',
    says: 'Number format of the weights; auto takes bfloat16 on a GPU and float32 on a CPU.',
    group: 'memory',
  },
  systemPrompt: {
    label: 'System prompt',
    says: 'Said before every question.',
    group: 'prompt',
    empty: 'no system turn',
  },
  thinkOpen: { label: 'Thinking opens with', says: 'From here on tokens count as thinking.', group: 'prompt' },
  thinkClose: { label: 'Thinking closes with', says: 'Up to here tokens count as thinking.', group: 'prompt' },
};

/** Where a stage uses a name in its own sense. */
export const dpoDocs: Partial<typeof settingDocs> = {
  beta: {
    label: 'DPO β',
    says: 'How strongly the policy is held to the one it starts from: lower lets it move further.',
    group: 'common',
  },
  globalBatch: {
    label: 'Global batch size',
    says: 'Pairs per optimiser step, gathered over micro-batches.',
    unit: 'pairs',
    group: 'common',
  },
  epochs: { label: 'Epochs', says: 'Passes over the pair set.', group: 'common' },
};

/** Where nothing is trained, there is no step to wait for. */
export const askingDocs: Partial<typeof settingDocs> = {
  questionBatch: {
    label: 'Rollout batch size',
    says: 'Questions asked at once, and what a crash can cost.',
    unit: 'questions',
    group: 'common',
  },
};

/** An evaluation is greedy unless somebody says otherwise. */
export const evaluationDocs: Partial<typeof settingDocs> = {
  ...askingDocs,
  temperature: {
    label: 'Temperature',
    says: 'Zero takes the surest answer; above it answers are drawn, as the policy speaks while it trains.',
    group: 'common',
  },
};

export const frameDocs: Record<FrameKey, FieldDoc> = {
  kind: { label: 'Frame sampler', says: 'The sampler that picks frames and their size.', group: 'frames' },
  fps: { label: 'Frame rate', says: 'Frames picked per second of video.', unit: 'frames/s', group: 'frames' },
  minFrames: { label: 'Min frames', says: 'The fewest frames of a clip.', unit: 'frames', group: 'frames' },
  maxFrames: { label: 'Max frames', says: 'The most frames of a clip.', unit: 'frames', group: 'frames' },
  nframes: {
    label: 'Fixed frame count',
    says: 'So many frames of every clip, rounded to even, whatever the frame rate.',
    unit: 'frames',
    group: 'frames',
    empty: 'by frame rate',
  },
  factor: {
    label: 'Size factor',
    says: 'Sides become multiples of this: patches of 14 pixels, merged 2 by 2.',
    unit: 'pixels',
    group: 'frames',
  },
  minPixels: { label: 'Min pixels', says: 'Smaller frames are enlarged to this.', unit: 'pixels', group: 'frames' },
  maxPixels: {
    label: 'Max pixels',
    says: 'Larger pictures, and frames of short clips, are reduced to this.',
    unit: 'pixels',
    group: 'frames',
  },
  totalPixels: {
    label: 'Total pixels',
    says: 'Pixels of all frames of a clip together: lowers the size of frames of long clips.',
    unit: 'pixels',
    group: 'frames',
  },
  videoMaxPixels: {
    label: 'Video max pixels',
    says: 'Lowers the cap of video frames alone, below max pixels.',
    unit: 'pixels',
    group: 'frames',
    empty: 'max pixels',
  },
};

/** Fields of a plan that are no settings of a job, by path. */
export const planDocs: Record<string, FieldDoc> = {
  seed: {
    label: 'Seed',
    says: 'Order of the questions, sampling, sampled review and curriculum follow from it.',
    group: 'common',
  },
  instruction: {
    label: 'Instruction',
    says: 'Said after each question; left alone, each kind of question takes its own; “none” says nothing.',
    group: 'prompt',
    empty: 'by kind of question',
  },
  'explore.stage': {
    label: 'Stage',
    says: 'What the rollouts are filed under: activation comes before the first turn of the loop.',
    group: 'common',
  },
  'explore.mostQuestions': {
    label: 'Most questions',
    says: 'Takes so many of the chosen questions, by the seed.',
    unit: 'questions',
    group: 'common',
    empty: 'all of them',
  },
  'sample.mostQuestions': {
    label: 'Most questions',
    says: 'Takes so many of the chosen questions, by the seed.',
    unit: 'questions',
    group: 'common',
    empty: 'all of them',
  },
  'evaluate.mostQuestions': {
    label: 'Most questions',
    says: 'Takes so many of the chosen questions, by the seed.',
    unit: 'questions',
    group: 'common',
    empty: 'all of them',
  },
  'curate.gate.count': {
    label: 'Pairs to review',
    says: 'So many of the proposed pairs, drawn by the seed, need a person; the policy approves the rest.',
    unit: 'pairs',
    group: 'common',
  },
  'curate.pairs.types.accuracy': {
    label: 'Accuracy pairs',
    says: 'A good response over a wrong one.',
    group: 'common',
  },
  'curate.pairs.types.consistency': {
    label: 'Consistency pairs',
    says: 'A good response over a right answer by wrong thinking.',
    group: 'common',
  },
  'curate.pairs.types.penalty': {
    label: 'Penalty pairs',
    says: 'A good response over one that is repetitive, malformed or cut off.',
    group: 'common',
  },
  'curate.pairs.types.reflection': {
    label: 'Reflection pairs',
    says: 'A wrong attempt that is corrected over the wrong attempt alone.',
    group: 'common',
  },
  'curate.pairs.types.length': {
    label: 'Length pairs',
    says: 'A longer good response over a much shorter good one.',
    group: 'common',
  },
  'curate.pairs.maxPerQuestion': {
    label: 'Pairs per question',
    says: 'Over all types, at most so many pairs are made of one group.',
    unit: 'pairs',
    group: 'common',
  },
  'curate.pairs.maxPerTypePerQuestion': {
    label: 'Pairs per question and type',
    says: 'Of one type, at most so many pairs are made of one group.',
    unit: 'pairs',
    group: 'common',
  },
  'curate.pairs.minLengthRatio': {
    label: 'Length ratio',
    says: 'In length pairs the longer thinking has at least this many times the tokens of the shorter.',
    group: 'common',
  },
  'curate.pairs.maxReflectionTokens': {
    label: 'Reflection length',
    says: 'Both thinkings of a reflection together have at most so many tokens; longer ones would be cut off.',
    unit: 'tokens',
    group: 'common',
  },
  'curriculum.discard': {
    label: 'Share left out',
    says: 'Of the questions that every rollout answers right, this share is left out of the next iterations.',
    group: 'common',
  },
};
