import { expect, test } from 'vitest';
import {
  dpoSettingsSchema,
  evalSettingsSchema,
  grpoSettingsSchema,
  rolloutSettingsSchema,
  sftSettingsSchema,
} from '@/lib/domain/trainer/settings';
import { frameDocs, settingDocs } from './field-docs';
import { formatBounds, formatValue, parseText, sayProblem } from './field-text';
import { type Field, fieldsByPath, jobStagesOfPlan, stageFields } from './fields';

/** Every leaf of parsed settings, by its path. */
const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`))
    : [path];

const schemas = {
  explore: grpoSettingsSchema,
  sample: rolloutSettingsSchema,
  align: dpoSettingsSchema,
  evaluate: evalSettingsSchema,
} as const;

test.each(jobStagesOfPlan)('%s: every setting has a field, and every field a setting', (stage) => {
  const parsed = schemas[stage].parse({});
  const paths = leaves(parsed).map((path) => `${stage}.settings.${path}`);
  const fields = stageFields[stage];
  expect(fields.map(({ path }) => path).sort()).toEqual(paths.sort());
});

test('settings of a cold start are named as well', () => {
  const { frames, ...rest } = sftSettingsSchema.parse({});
  expect(Object.keys(rest).filter((name) => !Object.hasOwn(settingDocs, name))).toEqual([]);
  expect(Object.keys(frames).filter((name) => !Object.hasOwn(frameDocs, name))).toEqual([]);
});

test('every field has a name and one sentence', () => {
  for (const { label, says, path } of fieldsByPath.values()) {
    expect(label.trim(), path).not.toBe('');
    expect(says, path).toMatch(/^[A-Z].*\.$/);
  }
});

test('no field names the largest number that there is as its bound', () => {
  for (const { control, path } of fieldsByPath.values()) expect(formatBounds(control), path).not.toContain('9,007,199');
});

const field = (path: string): Field => {
  const found = fieldsByPath.get(path);
  if (!found) throw new Error(`no field ${path}`);
  return found;
};

test.each([
  ['explore.settings.epochs', 1, '1 to 1,000'],
  ['explore.settings.learningRate', 1e-6, 'more than 0, at most 1'],
  ['explore.settings.samplesPerQuestion', 8, '2 to 256'],
  ['sample.settings.samplesPerQuestion', 8, '1 to 256'],
  ['explore.settings.adamBeta1', 0.9, 'at least 0, less than 1'],
  ['align.settings.globalBatch', 32, '1 to 65,536'],
  ['align.settings.freezeVisual', true, ''],
  ['evaluate.settings.frames.fps', 2, 'more than 0, at most 240'],
  ['explore.settings.maxSteps', null, '1 to 10,000,000'],
  ['curriculum.discard', 0.8, '0 to 1'],
  ['seed', 0, 'at least 0, less than 2,147,483,648'],
])('%s has the default and the bounds of its schema', (path, fallback, bounds) => {
  expect(field(path).fallback).toBe(fallback);
  expect(formatBounds(field(path).control)).toBe(bounds);
});

test.each([
  ['explore.settings.learningRate', '1e-6', undefined],
  ['explore.settings.learningRate', '0', 'Learning rate must be more than 0, at most 1'],
  ['explore.settings.learningRate', 'fast', 'Learning rate needs a number'],
  ['explore.settings.learningRate', '', 'Learning rate needs a number'],
  ['explore.settings.epochs', '1.5', 'Epochs needs a whole number'],
  ['explore.settings.epochs', '0', 'Epochs must be 1 to 1,000'],
  ['explore.settings.maxSteps', ' ', undefined],
  ['explore.settings.dtype', 'int8', 'Precision must be one of auto, float32, bfloat16'],
  ['explore.settings.thinkOpen', '', 'Thinking opens with needs some text'],
  ['explore.settings.thinkOpen', 'x'.repeat(51), 'Thinking opens with may have at most 50 characters'],
])('%s = “%s”', (path, text, problem) => {
  const { control, label } = field(path);
  expect(sayProblem({ control, label }, parseText(control, text))).toBe(problem);
});

test.each([
  ['', null, ''],
  ['  ', null, ''],
  ['none', '', 'none'],
  ['Answer in one word.', 'Answer in one word.', 'Answer in one word.'],
])('an instruction “%s” means %j', (typed, value, shown) => {
  const { control } = field('instruction');
  expect(parseText(control, typed)).toBe(value);
  expect(formatValue(value, control)).toBe(shown);
});

test('a text that may be empty, but not left out, is no word for nothing', () => {
  const { control } = field('explore.settings.systemPrompt');
  expect(parseText(control, 'none')).toBe('none');
  expect(formatValue('', control)).toBe('');
});

test.each([
  [1e-6, '1e-6'],
  [5e-7, '5e-7'],
  [1e-4, '1e-4'],
  [0.001, '0.001'],
  [0.1, '0.1'],
  [0, '0'],
  [null, ''],
  [90_316_800, '90316800'],
])('%s is written %s and read back', (value, text) => {
  expect(formatValue(value)).toBe(text);
  if (value !== null) expect(Number(text)).toBe(value);
});
