/**
 * A plan while it is being written: the defaults it started from, and only what was changed in them, as typed. So a
 * half-typed number is kept, every changed field can say what it was, and changing nothing launches the defaults.
 */
import { defaultBridges } from '@/lib/domain/pairs/settings';
import { formatValue, parseText, sayProblem } from './field-text';
import { type Field, fieldsByPath, type jobStagesOfPlan, pairFields, stageFields, type Value } from './fields';
import { type Gate, type Plan, planSchema } from './plan';
import { type RecipeId, recipeOf } from './recipes';

const planStages = ['explore', 'sample', 'curate', 'align', 'evaluate', 'curriculum'] as const;
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What lies at a path of nested objects; undefined where nothing does. */
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const valuesOf = (source: unknown): ReadonlyMap<string, Value> =>
  new Map(
    [...fieldsByPath.values()].map(({ path, fallback }) => {
      const own = at(source, path);
      if (isValue(own)) return [path, own];
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

const valueAt = (draft: Draft, defaults: Defaults, path: string): Value => {
  const text = draft.texts[path];
  const field = fieldsByPath.get(path);
  if (text === undefined || !field) return defaults.values.get(path) ?? null;
  return parseText(field.control, text);
};

/** Settings of a job as nested objects, from the fields of its stage. */
const settingsOf = (draft: Draft, defaults: Defaults, stage: (typeof jobStagesOfPlan)[number]) => {
  const prefix = `${stage}.settings.`;
  const settings: Record<string, Value | Record<string, Value>> = {};
  const frames: Record<string, Value> = {};
  for (const { path } of stageFields[stage]) {
    const name = path.slice(prefix.length);
    const value = valueAt(draft, defaults, path);
    if (name.startsWith('frames.')) frames[name.slice('frames.'.length)] = value;
    else settings[name] = value;
  }
  return { ...settings, frames };
};

/** Settings of the pairs as nested objects. Bridges are sentences, which the form leaves as they are. */
const pairsOf = (value: (path: string) => Value, bridges: readonly string[]) => {
  const own = Object.fromEntries(
    pairFields.map(({ path }) => [path.slice('curate.pairs.'.length), value(path)] as const),
  );
  const types = Object.fromEntries(
    Object.entries(own).flatMap(([name, is]) => (name.startsWith('types.') ? [[name.slice('types.'.length), is]] : [])),
  );
  const rest = Object.fromEntries(Object.entries(own).filter(([name]) => !name.startsWith('types.')));
  return { ...rest, types, bridges };
};

/** The plan as it would be sent, whether or not it is one. */
const compose = (draft: Draft, defaults: Defaults) => {
  const value = (path: string) => valueAt(draft, defaults, path);
  const asking = (stage: AskingStage) => ({
    questionSets: draft.sets[stage],
    mostQuestions: value(`${stage}.mostQuestions`),
    settings: settingsOf(draft, defaults, stage),
  });
  const { on, policy } = draft;
  const gate = policy === 'review_sample' ? { policy, count: value('curate.gate.count') } : { policy };
  return {
    seed: value('seed'),
    engine: draft.engine,
    device: draft.device,
    instruction: value('instruction'),
    explore: on.explore ? { stage: value('explore.stage'), ...asking('explore') } : null,
    sample: on.sample ? asking('sample') : null,
    curate: on.curate ? { gate, pairs: pairsOf(value, draft.bridges) } : null,
    align: on.align ? { pairSetId: draft.pairSetId, settings: settingsOf(draft, defaults, 'align') } : null,
    evaluate: on.evaluate ? asking('evaluate') : null,
    curriculum: on.curriculum ? { discard: value('curriculum.discard') } : null,
  };
};

/** Whether a field takes part in the plan as it stands. */
const isUsed = ({ path }: Field, { on, policy }: Draft): boolean => {
  if (path === 'curate.gate.count') return on.curate && policy === 'review_sample';
  const stage = planStages.find((each) => path.startsWith(`${each}.`));
  return stage === undefined || on[stage];
};

export type Checked = {
  /** Null while something is wrong. */
  readonly plan: Plan | null;
  /** By path of a field, of a stage's `questionSets`, or of a stage: what is wrong there, in words. */
  readonly problems: Readonly<Record<string, string>>;
};

/** The plan that a draft says, or what is wrong with it. */
export const checkDraft = (draft: Draft, defaults: Defaults): Checked => {
  const problems: Record<string, string> = {};
  for (const field of fieldsByPath.values()) {
    if (!isUsed(field, draft)) continue;
    const problem = sayProblem(field, valueAt(draft, defaults, field.path));
    if (problem) problems[field.path] = problem;
  }
  const parsed = planSchema.safeParse(compose(draft, defaults));
  if (parsed.success) return { plan: parsed.data, problems };
  for (const { path, message } of parsed.error.issues) {
    const names = path.filter((part) => typeof part === 'string').join('.');
    problems[names] ??= message;
  }
  return { plan: null, problems };
};
