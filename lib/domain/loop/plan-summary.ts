/** What a plan says, part by part, with the settings that somebody chose before those that are as usual. */
import { formatCount } from '@/lib/domain/text/counted';
import { formatValue } from './field-text';
import { type Field, type JobStageOfPlan, jobStagesOfPlan, stageFields, type Value, valueIn } from './fields';
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

/** The recipe of a whole iteration over the trainer's own defaults. Sampling has none of its own. */
const usualOf = ({ path, fallback }: Field): Value => valueIn(recipeOf('whole-iteration').parts, path) ?? fallback;

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
      const value = valueIn(plan, field.path);
      if (value === undefined) return [];
      const usual = usualOf(field);
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
