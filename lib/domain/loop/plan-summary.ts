/** What a plan says, part by part, with the settings that somebody chose before those that are as usual. */
import { formatCount } from '@/lib/domain/text/counted';
import { formatValue } from './field-text';
import { type Field, type JobStageOfPlan, jobStagesOfPlan, stageFields, type Value } from './fields';
import type { Gate, Plan } from './plan';
import { recipeOf } from './recipes';

export type SettingLine = {
  readonly path: string;
  readonly label: string;
  readonly says: string;
  readonly value: string;
  /** What it would have been; null where it is as usual. */
  readonly usual: string | null;
};

export type PlanPart = {
  readonly stage: JobStageOfPlan;
  readonly questionSets: readonly string[];
  readonly mostQuestions: number | null;
  readonly chosen: readonly SettingLine[];
  readonly asUsual: readonly SettingLine[];
};

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** What lies at a path of names; undefined where nothing does. */
const at = (from: unknown, names: readonly string[]): Value | undefined => {
  const found = names.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    from,
  );
  return isValue(found) ? found : undefined;
};

/** The recipe of a whole iteration over the trainer's own defaults. Sampling has none of its own. */
const usualOf = (stage: JobStageOfPlan, { path, fallback }: Field): Value => {
  const { parts } = recipeOf('whole-iteration');
  const settings = stage === 'explore' || stage === 'align' ? parts[stage]?.settings : undefined;
  return at(settings, path.split('.').slice(2)) ?? fallback;
};

const text = (value: Value, { unit, empty, path }: Field): string => {
  if (value === null) return empty ?? 'not set';
  if (value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // Pixels of a whole video are a number that nobody reads digit by digit.
  const shown = typeof value === 'number' && Math.abs(value) >= 1e3 ? formatCount(value) : formatValue(value);
  return unit && !path.endsWith('Rate') ? `${shown} ${unit}` : shown;
};

/** The job of each stage that the plan has, in order. */
export const planParts = (plan: Plan): PlanPart[] =>
  jobStagesOfPlan.flatMap((stage) => {
    const part = plan[stage];
    if (!part) return [];
    const lines = stageFields[stage].flatMap((field): SettingLine[] => {
      const value = at(part.settings, field.path.split('.').slice(2));
      if (value === undefined) return [];
      const usual = usualOf(stage, field);
      return [
        {
          path: field.path,
          label: field.label,
          says: field.says,
          value: text(value, field),
          usual: value === usual ? null : text(usual, field),
        },
      ];
    });
    return [
      {
        stage,
        questionSets: 'questionSets' in part ? part.questionSets : [],
        mostQuestions: 'mostQuestions' in part ? part.mostQuestions : null,
        chosen: lines.filter(({ usual }) => usual !== null),
        asUsual: lines.filter(({ usual }) => usual === null),
      },
    ];
  });

/** Who decides, in a sentence. */
export const gateText = (gate: Gate): string => {
  switch (gate.policy) {
    case 'review_all':
      return 'People decide every pair.';
    case 'review_sample':
      return `People decide a drawn sample of ${formatCount(gate.count)}; the policy approves the rest.`;
    case 'auto_approve':
      return 'The policy approves every pair; nobody looks.';
  }
};
