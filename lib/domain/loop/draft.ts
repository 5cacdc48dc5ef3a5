/**
 * A plan while it is being written: the defaults it started from, and only what was changed in them, as typed. So a
 * half-typed number is kept, every changed field can say what it was, and changing nothing launches the defaults.
 */
import { defaultBridges } from '@/lib/domain/pairs/settings';
import { formatValue, parseText } from './field-text';
import { fieldsByPath, type Value, valueIn } from './fields';
import type { Gate, Plan } from './plan';
import { type RecipeId, recipeOf } from './recipes';

export const planStages = ['explore', 'sample', 'curate', 'align', 'evaluate', 'curriculum'] as const;
export type PlanStage = (typeof planStages)[number];

/** Stages that ask questions. */
const askingStages = ['explore', 'sample', 'evaluate'] as const;
export type AskingStage = (typeof askingStages)[number];

/** What a draft starts from: a recipe, or the previous iteration's plan. */
export type DraftBase = RecipeId | 'previous';

/** Pairs that a person reviews under a sample, where nobody said how many. */
const SAMPLE = 50;

export type Defaults = {
  readonly base: DraftBase;
  readonly on: Readonly<Record<PlanStage, boolean>>;
  readonly sets: Readonly<Record<AskingStage, readonly string[]>>;
  readonly policy: Gate['policy'];
  readonly pairSetId: string | null;
  readonly engine: string;
  readonly device: string | null;
  /** Sentences that turn a wrong thinking into a right one: kept as they are, no field shows them. */
  readonly bridges: readonly string[];
  /** By path, of every field. */
  readonly values: ReadonlyMap<string, Value>;
};

export type Draft = Omit<Defaults, 'values'> & {
  /** Of the fields that differ from their default, as typed. */
  readonly texts: Readonly<Record<string, string>>;
};

const valuesOf = (source: unknown): ReadonlyMap<string, Value> =>
  new Map(
    [...fieldsByPath.values()].map(({ path, fallback }) => {
      const own = valueIn(source, path);
      if (own !== undefined) return [path, own];
      return [path, path === 'curate.gate.count' ? SAMPLE : fallback];
    }),
  );

const noSets = { explore: [], sample: [], evaluate: [] } as const;

/** The defaults of a recipe; the data are still to be chosen. */
export const recipeDefaults = (id: RecipeId): Defaults => {
  const { parts } = recipeOf(id);
  return {
    base: id,
    on: {
      explore: parts.explore !== undefined,
      sample: parts.sample !== undefined,
      curate: parts.align !== undefined,
      align: parts.align !== undefined,
      evaluate: parts.evaluate === true,
      curriculum: parts.curriculum !== undefined,
    },
    sets: noSets,
    policy: 'review_all',
    pairSetId: null,
    engine: 'builtin',
    device: null,
    bridges: defaultBridges,
    values: valuesOf(parts),
  };
};

/** The previous iteration's plan again. A frozen set that it aligned on is chosen again too. */
export const planDefaults = (plan: Plan): Defaults => ({
  base: 'previous',
  on: {
    explore: plan.explore !== null,
    sample: plan.sample !== null,
    curate: plan.curate !== null,
    align: plan.align !== null,
    evaluate: plan.evaluate !== null,
    curriculum: plan.curriculum !== null,
  },
  sets: {
    explore: plan.explore?.questionSets ?? [],
    sample: plan.sample?.questionSets ?? [],
    evaluate: plan.evaluate?.questionSets ?? [],
  },
  policy: plan.curate?.gate.policy ?? 'review_all',
  pairSetId: plan.align?.pairSetId ?? null,
  engine: plan.engine,
  device: plan.device,
  bridges: plan.curate?.pairs.bridges ?? defaultBridges,
  values: valuesOf(plan),
});

/** A draft in which nothing is changed. */
export const startDraft = ({ values: _values, ...rest }: Defaults): Draft => ({ ...rest, texts: {} });

export type DraftAct =
  /** Another recipe: its settings and stages; the data that were chosen stay. */
  | { readonly type: 'base'; readonly defaults: Defaults }
  | { readonly type: 'stage'; readonly stage: PlanStage; readonly on: boolean }
  | { readonly type: 'set'; readonly stage: AskingStage; readonly id: string; readonly on: boolean }
  | { readonly type: 'text'; readonly path: string; readonly text: string; readonly defaults: Defaults }
  | { readonly type: 'reset'; readonly paths: readonly string[] }
  | { readonly type: 'policy'; readonly policy: Gate['policy'] }
  | { readonly type: 'pairSet'; readonly id: string | null }
  | { readonly type: 'place'; readonly engine?: string; readonly device?: string | null };

const switched = (draft: Draft, stage: PlanStage, on: boolean): Draft => {
  const next = { ...draft.on, [stage]: on };
  // What one stage cannot do without comes and goes with it.
  if (stage === 'align' && on && draft.pairSetId === null) next.curate = true;
  if (stage === 'explore' && !on) next.curriculum = false;
  const pairSetId = stage === 'curate' && on ? null : draft.pairSetId;
  // Pairs of this iteration are sampled on what it explores, unless somebody says otherwise.
  const sets =
    stage === 'sample' && on && draft.sets.sample.length === 0
      ? { ...draft.sets, sample: draft.sets.explore }
      : draft.sets;
  return { ...draft, on: next, pairSetId, sets };
};

/** What a field shows until it is changed. */
export const defaultText = ({ values }: Defaults, path: string): string =>
  formatValue(values.get(path) ?? null, fieldsByPath.get(path)?.control);

const without = (texts: Draft['texts'], paths: readonly string[]): Draft['texts'] =>
  Object.fromEntries(Object.entries(texts).filter(([path]) => !paths.includes(path)));

/** The draft after an act. Pure, so that a form is a table of acts. */
export const reduceDraft = (draft: Draft, act: DraftAct): Draft => {
  switch (act.type) {
    case 'base': {
      const fresh = startDraft(act.defaults);
      const { engine, device } = draft;
      const keep = (stage: AskingStage) => (fresh.sets[stage].length > 0 ? fresh.sets[stage] : draft.sets[stage]);
      const sets = { explore: keep('explore'), sample: keep('sample'), evaluate: keep('evaluate') };
      return { ...fresh, engine, device, sets };
    }
    case 'stage':
      return switched(draft, act.stage, act.on);
    case 'set': {
      const others = draft.sets[act.stage].filter((id) => id !== act.id);
      return { ...draft, sets: { ...draft.sets, [act.stage]: act.on ? [...others, act.id] : others } };
    }
    case 'text': {
      const texts = without(draft.texts, [act.path]);
      const isDefault = defaultText(act.defaults, act.path) === act.text;
      return { ...draft, texts: isDefault ? texts : { ...texts, [act.path]: act.text } };
    }
    case 'reset':
      return { ...draft, texts: without(draft.texts, act.paths) };
    case 'policy':
      return { ...draft, policy: act.policy };
    case 'pairSet':
      return { ...draft, pairSetId: act.id, on: { ...draft.on, curate: act.id === null } };
    case 'place':
      return {
        ...draft,
        engine: act.engine ?? draft.engine,
        device: act.device === undefined ? draft.device : act.device,
      };
  }
};

/** What a field shows. */
export const textOf = (draft: Draft, defaults: Defaults, path: string): string =>
  draft.texts[path] ?? defaultText(defaults, path);

/** Paths of a stage, or of the plan itself, that were changed. */
export const changedPaths = (draft: Draft, stage: PlanStage | null): readonly string[] =>
  Object.keys(draft.texts).filter((path) =>
    stage === null ? !planStages.some((each) => path.startsWith(`${each}.`)) : path.startsWith(`${stage}.`),
  );

/** The value that a field has now. */
export const valueAt = (draft: Draft, defaults: Defaults, path: string): Value => {
  const text = draft.texts[path];
  const field = fieldsByPath.get(path);
  if (text === undefined || !field) return defaults.values.get(path) ?? null;
  return parseText(field.control, text);
};
