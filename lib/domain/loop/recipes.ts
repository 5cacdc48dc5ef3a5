/**
 * Recipes: what each stage of a campaign starts from, as the method was published, and one that strings them together.
 * A recipe says the settings that the method names; everything else keeps the trainer's default.
 */
import type { z } from 'zod';
import type { dpoSettingsSchema, grpoSettingsSchema, rolloutSettingsSchema } from '@/lib/domain/trainer/settings';
import type { Gate, PlanInput } from './plan';

type GrpoInput = z.input<typeof grpoSettingsSchema>;
type RolloutInput = z.input<typeof rolloutSettingsSchema>;
type DpoInput = z.input<typeof dpoSettingsSchema>;

/** Parts of a plan without its question sets; a part that is left out is a stage passed over. */
type Parts = {
  readonly explore?: { readonly stage: 'activation' | 'grpo'; readonly settings: GrpoInput };
  /** Only where no frozen set is given and nothing explores: pairs need rollouts. */
  readonly sample?: { readonly settings: RolloutInput };
  /** On the pairs of this iteration, or on a frozen set. */
  readonly align?: { readonly settings: DpoInput };
  /** Greedy answers to held-out sets, where some are chosen. */
  readonly evaluate?: true;
  readonly curriculum?: { readonly discard: number };
};

export const recipeIds = [
  'reasoning-activation',
  'group-slow-search',
  'pair-fast-align',
  'group-slow-search-next',
  'whole-iteration',
] as const;
export type RecipeId = (typeof recipeIds)[number];

export type Recipe = {
  readonly id: RecipeId;
  readonly name: string;
  readonly says: string;
  /** What the method trained on; null where the recipe is ours. */
  readonly data: string | null;
  readonly parts: Parts;
};

const search = {
  globalBatch: 64,
  questionBatch: 64,
  learningRate: 1e-6,
  samplesPerQuestion: 8,
  temperature: 1,
} as const satisfies GrpoInput;

const align = { globalBatch: 32, learningRate: 5e-7, beta: 0.1 } as const satisfies DpoInput;

/** The published discard of questions that every rollout answers right. */
const curriculum = { discard: 0.8 } as const;

export const recipes: readonly Recipe[] = [
  {
    id: 'whole-iteration',
    name: 'Whole iteration',
    says: 'Group-Slow-Search, then pairs of its rollouts, Pair-Fast-Align on them, evaluation and the curriculum.',
    data: null,
    parts: { explore: { stage: 'grpo', settings: search }, align: { settings: align }, evaluate: true, curriculum },
  },
  {
    id: 'reasoning-activation',
    name: 'Reasoning Activation',
    says: 'GRPO on text and pictures first, so that the policy thinks before it answers.',
    data: 'long document 1k, math text 30k, reasoning image 39k',
    parts: { explore: { stage: 'activation', settings: { ...search, globalBatch: 128 } } },
  },
  {
    id: 'group-slow-search',
    name: 'Group-Slow-Search',
    says: 'GRPO over pictures and video: explores by groups of responses.',
    data: 'science image 4k, spatial image 9k, general image 10k, VQA video 24k',
    parts: { explore: { stage: 'grpo', settings: search }, curriculum },
  },
  {
    id: 'pair-fast-align',
    name: 'Pair-Fast-Align',
    says: 'DPO on pairs of rollouts: on an earlier frozen set, or on pairs of rollouts sampled now.',
    data: 'pairs from rollouts of VQA video',
    parts: { sample: { settings: { samplesPerQuestion: 8, temperature: 1 } }, align: { settings: align } },
  },
  {
    id: 'group-slow-search-next',
    name: 'Group-Slow-Search (next)',
    says: 'GRPO on video again, from the aligned policy, at half the learning rate.',
    data: 'VQA video',
    parts: { explore: { stage: 'grpo', settings: { ...search, learningRate: 5e-7 } }, curriculum },
  },
];

/** The recipe with this id. */
export const recipeOf = (id: RecipeId): Recipe => {
  const found = recipes.find((recipe) => recipe.id === id);
  if (!found) throw new Error(`no recipe ${id}`);
  return found;
};

export type RecipeChoice = {
  /** What the policy explores and is sampled on. */
  readonly questionSets: readonly string[];
  /** What it is evaluated on; none leaves evaluation out. */
  readonly heldOut?: readonly string[];
  /** An earlier frozen set for DPO; without it, pairs are made of this iteration's rollouts. */
  readonly pairSetId?: string | null;
  /** Who decides the pairs of this iteration. A person all of them, unless somebody chose otherwise. */
  readonly gate?: Gate;
};

/** A plan by a recipe on chosen data. The rest of the plan (seed, device, engine) keeps its default. */
export const planFromRecipe = (
  id: RecipeId,
  { questionSets, heldOut = [], pairSetId = null, gate = { policy: 'review_all' } }: RecipeChoice,
): PlanInput => {
  const { parts } = recipeOf(id);
  const sets = [...questionSets];
  const makesPairs = parts.align !== undefined && pairSetId === null;
  return {
    explore: parts.explore ? { ...parts.explore, questionSets: sets } : null,
    sample: parts.sample && makesPairs ? { ...parts.sample, questionSets: sets } : null,
    curate: makesPairs ? { gate } : null,
    align: parts.align ? { ...parts.align, pairSetId } : null,
    evaluate: parts.evaluate && heldOut.length > 0 ? { questionSets: [...heldOut], settings: {} } : null,
    curriculum: parts.curriculum ?? null,
  };
};
