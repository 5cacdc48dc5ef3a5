/** The plan that a draft says, and what is wrong with it, in words at its place. */
import { type AskingStage, type Defaults, type Draft, planStages, valueAt } from './draft';
import { sayProblem } from './field-text';
import { type Field, fieldsByPath, type jobStagesOfPlan, pairFields, stageFields, type Value } from './fields';
import { type Plan, planSchema } from './plan';

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
