/** Defaults and bounds of settings are written twice, here and in the trainer: this holds them together. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as settings from './settings';

/** What a field may be, in words that both JSON Schemas use. */
const boundsSchema = z.object({
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  enum: z.array(z.string()).optional(),
});
const fieldSchema = boundsSchema.extend({ anyOf: z.array(boundsSchema.extend({ type: z.string() })).optional() });
const objectSchema = z.object({ properties: z.record(z.string(), fieldSchema) });

/** Bounds by name; of a field that may be null, those of its other half. */
const boundsOf = (schema: unknown) =>
  Object.fromEntries(
    Object.entries(objectSchema.parse(schema).properties).map(([name, { anyOf, ...own }]) => [
      name,
      boundsSchema.parse(anyOf?.find(({ type }) => type !== 'null') ?? own),
    ]),
  );

const documentPath = path.join(import.meta.dirname, '../../../trainer/openapi.json');
const { components } = z
  .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
  .parse(JSON.parse(readFileSync(documentPath, 'utf8')));

/** The settings that a job has when it names none. */
const defaultsOf = (job: string) =>
  z
    .object({ properties: z.object({ settings: z.object({ default: z.looseObject({}) }) }) })
    .parse(components.schemas[job]).properties.settings.default;

test.each([
  ['Grpo', settings.grpoSettingsSchema],
  ['Dpo', settings.dpoSettingsSchema],
  ['Sft', settings.sftSettingsSchema],
  ['Rollout', settings.rolloutSettingsSchema],
  ['Eval', settings.evalSettingsSchema],
] as const)('%s settings have the defaults and bounds of the trainer', (kind, schema) => {
  expect(schema.parse({})).toMatchObject(defaultsOf(`${kind}Job`));
  const json = z.toJSONSchema(schema, { io: 'input' });
  expect(boundsOf(json)).toEqual(boundsOf(components.schemas[`${kind}Settings`]));
  expect(boundsOf(json.properties?.frames)).toEqual(boundsOf(components.schemas.Frames));
});
