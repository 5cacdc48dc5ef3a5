/**
 * Settings of a job, with the trainer's bounds and defaults, so that a form refuses what the trainer would refuse.
 * Unknown names are refused: a mistyped setting must never become a default that nobody chose. What each one means is
 * said in `trainer/veripo_trainer/contract.py`.
 */
import { z } from 'zod';

const count = (from: number, to: number) => z.int().min(from).max(to);
const share = z.number().min(0).lt(1);
const MAX_COUNT = 1_000_000;

const pixels = count(784, 16_777_216);

const framesSchema = z
  .strictObject({
    kind: z.literal('qwen-vl-utils').default('qwen-vl-utils'),
    fps: z.number().gt(0).max(240).default(2),
    minFrames: count(2, 2048).default(4),
    maxFrames: count(2, 2048).default(768),
    nframes: count(2, 2048).nullable().default(null),
    factor: z.literal(28).default(28),
    minPixels: pixels.default(128 * 784),
    maxPixels: pixels.default(768 * 784),
    totalPixels: count(784, 2 ** 40).default(115_200 * 784),
    videoMaxPixels: pixels.nullable().default(null),
  })
  .refine(({ minFrames, maxFrames }) => minFrames <= maxFrames, {
    path: ['minFrames'],
    message: 'The fewest frames are more than the most',
  })
  .refine(({ minPixels, maxPixels }) => minPixels <= maxPixels, {
    path: ['minPixels'],
    message: 'The fewest pixels are more than the most',
  });

const tag = z.string().min(1).max(50);

const baseShape = {
  frames: framesSchema.prefault({}),
  dtype: z.enum(['auto', 'float32', 'bfloat16']).default('auto'),
  systemPrompt: z.string().max(20_000).default(''),
  microBatch: count(1, 4096).default(8),
  thinkOpen: tag.default('<think>'),
  thinkClose: tag.default('</think>'),
} as const;

const samplingShape = {
  maxNewTokens: count(1, 32_768).default(1024),
  questionBatch: count(1, 4096).default(64),
  temperature: z.number().gt(0).max(5).default(1),
  topP: z.number().gt(0).max(1).default(1),
  samplesPerQuestion: count(1, 256).default(8),
} as const;

const trainingShape = {
  epochs: count(1, 1000).default(1),
  maxSteps: count(1, 10_000_000).nullable().default(null),
  globalBatch: count(1, 65_536).default(64),
  learningRate: z.number().gt(0).max(1).default(1e-6),
  schedule: z.enum(['constant', 'linear', 'cosine']).default('constant'),
  warmupSteps: count(0, MAX_COUNT).default(0),
  weightDecay: z.number().min(0).max(1).default(0),
  adamBeta1: share.default(0.9),
  adamBeta2: share.default(0.999),
  maxGradNorm: z.number().gt(0).max(MAX_COUNT).default(1),
  optimizer: z.enum(['adamw', 'adamw-8bit']).default('adamw'),
  tuning: z.enum(['full', 'lora']).default('full'),
  loraRank: count(1, 1024).default(16),
  loraAlpha: count(1, 4096).default(32),
  loraDropout: share.default(0),
  freezeVisual: z.boolean().default(false),
  gradientCheckpointing: z.boolean().default(false),
  checkpointEvery: count(1, MAX_COUNT).default(50),
  keepCheckpoints: count(1, 1000).default(2),
} as const;

export const grpoSettingsSchema = z
  .strictObject({
    ...baseShape,
    ...trainingShape,
    ...samplingShape,
    samplesPerQuestion: count(2, 256).default(8),
    lossType: z.enum(['grpo', 'bnpo', 'dr_grpo', 'dapo']).default('grpo'),
    scaleRewards: z.enum(['group', 'batch', 'none']).default('group'),
    beta: z.number().min(0).max(10).default(0),
    clipLow: z.number().gt(0).lt(1).default(0.2),
    clipHigh: z.number().gt(0).max(10).default(0.2),
    numIterations: count(1, 64).default(1),
    maskTruncated: z.boolean().default(false),
  })
  .refine(({ globalBatch, samplesPerQuestion }) => globalBatch % samplesPerQuestion === 0, {
    path: ['globalBatch'],
    message: 'The global batch is no multiple of the samples per question, so that a group would be torn apart',
  });

const responseTokens = count(1, 32_768).default(4096);

export const dpoSettingsSchema = z.strictObject({
  ...baseShape,
  ...trainingShape,
  beta: z.number().gt(0).max(10).default(0.1),
  nllWeight: z.number().min(0).max(100).default(0),
  learningRate: z.number().gt(0).max(1).default(5e-7),
  globalBatch: count(1, 65_536).default(32),
  freezeVisual: z.boolean().default(true),
  maxResponseTokens: responseTokens,
});

export const sftSettingsSchema = z.strictObject({
  ...baseShape,
  ...trainingShape,
  learningRate: z.number().gt(0).max(1).default(1e-5),
  maxResponseTokens: responseTokens,
});

export const rolloutSettingsSchema = z.strictObject({ ...baseShape, ...samplingShape });

export const evalSettingsSchema = z
  .strictObject({
    ...baseShape,
    ...samplingShape,
    temperature: z.number().min(0).max(5).default(0),
    samplesPerQuestion: count(1, 256).default(1),
  })
  .refine(({ temperature, samplesPerQuestion }) => temperature > 0 || samplesPerQuestion === 1, {
    path: ['samplesPerQuestion'],
    message: 'At temperature 0 every sample of a question is the same: ask for one',
  });
