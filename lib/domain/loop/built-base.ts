/** The base policy that a trainer builds with random weights, as a person sizes it: bounds are those of its schema. */
import { builtModelSchema, type ModelRef } from '@/lib/domain/trainer/job';
import { parseText, sayProblem } from './field-text';
import { type Control, controlOfSchema } from './fields';

export const builtNames = ['width', 'layers', 'seed'] as const;
export type BuiltName = (typeof builtNames)[number];

/** As typed. */
export type BuiltTexts = Readonly<Record<BuiltName, string>>;

type BuiltField = { readonly label: string; readonly says: string; readonly control: Control };

const { width, layers, seed } = builtModelSchema.shape;

export const builtFields: Readonly<Record<BuiltName, BuiltField>> = {
  width: {
    label: 'Width',
    says: 'Features of each layer, a multiple of 32: twice as many take about four times the work.',
    control: controlOfSchema(width),
  },
  layers: { label: 'Layers', says: 'Of the language model.', control: controlOfSchema(layers) },
  seed: { label: 'Seed of the weights', says: 'Another seed is another policy.', control: controlOfSchema(seed) },
};

const defaults = builtModelSchema.parse({ source: 'built', name: 'moving-shapes' });

export const defaultBuilt: BuiltTexts = {
  width: String(defaults.width),
  layers: String(defaults.layers),
  seed: String(defaults.seed),
};

/** What is wrong with the typed numbers, in words. */
export const builtProblems = (texts: BuiltTexts): Readonly<Partial<Record<BuiltName, string>>> => {
  const problems: Partial<Record<BuiltName, string>> = {};
  for (const name of builtNames) {
    const field = builtFields[name];
    const value = parseText(field.control, texts[name]);
    const said = sayProblem(field, value) ?? builtModelSchema.shape[name].safeParse(value).error?.issues[0]?.message;
    if (said !== undefined) problems[name] = said;
  }
  return problems;
};

/** The weights that the trainer is asked to build; null while a number is wrong. */
export const builtModel = (texts: BuiltTexts): ModelRef | null => {
  const values = Object.fromEntries(
    builtNames.map((name) => [name, parseText(builtFields[name].control, texts[name])]),
  );
  return builtModelSchema.safeParse({ source: 'built', name: 'moving-shapes', ...values }).data ?? null;
};
