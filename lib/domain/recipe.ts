/** Recipes: the settings that each stage of a campaign starts from, as the method was published. */

export type Recipe = {
  readonly name: string;
  readonly algorithm: 'grpo' | 'dpo';
  readonly data: string;
  /** Samples per optimiser step. */
  readonly globalBatch: number;
  /** Questions sampled at once; null where nothing is sampled. */
  readonly rolloutBatch: number | null;
  readonly learningRate: number;
  readonly responsesPerQuestion: number | null;
  readonly temperature: number | null;
  readonly dpoBeta: number | null;
};

const sampling = { rolloutBatch: 64, responsesPerQuestion: 8, temperature: 1, dpoBeta: null } as const;

export const recipes: readonly Recipe[] = [
  {
    name: 'Reasoning Activation',
    algorithm: 'grpo',
    data: 'long document 1k, math text 30k, reasoning image 39k',
    globalBatch: 128,
    learningRate: 1e-6,
    ...sampling,
  },
  {
    name: 'Group-Slow-Search',
    algorithm: 'grpo',
    data: 'science image 4k, spatial image 9k, general image 10k, VQA video 24k',
    globalBatch: 64,
    learningRate: 1e-6,
    ...sampling,
  },
  {
    name: 'Pair-Fast-Align',
    algorithm: 'dpo',
    data: 'pairs from rollouts of VQA video',
    globalBatch: 32,
    rolloutBatch: null,
    learningRate: 5e-7,
    responsesPerQuestion: null,
    temperature: null,
    dpoBeta: 0.1,
  },
  {
    name: 'Group-Slow-Search (next)',
    algorithm: 'grpo',
    data: 'VQA video',
    globalBatch: 64,
    learningRate: 5e-7,
    ...sampling,
  },
];
