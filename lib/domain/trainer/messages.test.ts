/** The messages in `fixtures/trainer`, which the trainer's own tests read as well. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { components } from '@/lib/trainer/api-types';
import * as answers from './answers';
import { trainerEventSchema } from './event';
import { jobSchema } from './job';
import * as lines from './lines';

const caseSchema = z.object({ name: z.string(), model: z.string().default(''), value: z.unknown() });
const tableSchema = z.object({
  accepted: z.array(caseSchema).default([]),
  refused: z.array(caseSchema).default([]),
  cases: z.array(caseSchema).default([]),
});
type Case = z.infer<typeof caseSchema>;

const readTable = (file: string) => {
  const folder = path.join(import.meta.dirname, '../../../fixtures/trainer');
  return tableSchema.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
};
const table = (cases: readonly Case[]) => {
  expect(cases).not.toHaveLength(0);
  return cases.map((row) => [[row.model, row.name].filter(Boolean).join(': '), row] as const);
};

const lineSchemas: Readonly<Record<string, z.ZodType>> = {
  Question: lines.questionLineSchema,
  Demonstration: lines.demonstrationLineSchema,
  Pair: lines.pairLineSchema,
};
const answerSchemas: Readonly<Record<string, z.ZodType>> = {
  Info: answers.trainerInfoSchema,
  JobStatus: answers.jobStatusSchema,
  JobList: answers.jobListSchema,
  CheckpointList: answers.checkpointListSchema,
  FileStatus: answers.fileStatusSchema,
  Health: answers.healthSchema,
  Failure: answers.trainerFailureSchema,
};
const schemaOf = (schemas: Readonly<Record<string, z.ZodType>>, { model }: Case): z.ZodType => {
  const schema = schemas[model];
  if (!schema) throw new Error(`There is no schema for ${model}: add it here and where it belongs`);
  return schema;
};

describe('jobs', () => {
  const { accepted, refused } = readTable('jobs.json');
  test.each(table(accepted))('%s', (_name, { value }) => {
    expect(jobSchema.parse(value)).toMatchObject(z.looseObject({}).parse(value));
  });
  test.each(table(refused))('refused: %s', (_name, { value }) => {
    expect(jobSchema.safeParse(value).success).toBe(false);
  });
});

describe('events', () => {
  const { accepted, refused } = readTable('events.json');
  test.each(table(accepted))('%s', (_name, { value }) => {
    expect(trainerEventSchema.parse(value)).toEqual(value);
  });
  test.each(table(refused))('refused: %s', (_name, { value }) => {
    expect(trainerEventSchema.safeParse(value).success).toBe(false);
  });
  test('what a newer trainer adds is left out', () => {
    const [{ value } = { value: undefined }] = accepted;
    const newer = { ...z.looseObject({}).parse(value), addedLater: 1 };
    expect(trainerEventSchema.parse(newer)).toEqual(value);
  });
});

describe('lines', () => {
  const { accepted, refused } = readTable('lines.json');
  test.each(table(accepted))('%s', (_name, row) => {
    expect(schemaOf(lineSchemas, row).parse(row.value)).toMatchObject(z.looseObject({}).parse(row.value));
  });
  test.each(table(refused))('refused: %s', (_name, row) => {
    expect(schemaOf(lineSchemas, row).safeParse(row.value).success).toBe(false);
  });
});

test.each(table(readTable('answers.json').cases))('answer %s', (_name, row) => {
  expect(row.value).toMatchObject(z.looseObject({}).parse(schemaOf(answerSchemas, row).parse(row.value)));
});

type Api = components['schemas'];
type ApiJob = Api['GrpoJob'] | Api['DpoJob'] | Api['SftJob'] | Api['RolloutJob'] | Api['EvalJob'];

/** A message with every default filled in, which is what parsing makes of it. */
type Whole<T> = T extends readonly unknown[] | string | number | boolean | null ? T : { [K in keyof T]-?: Whole<T[K]> };

test('schemas have exactly the fields that the trainer documents', () => {
  expectTypeOf<z.output<typeof trainerEventSchema>>().toEqualTypeOf<Api['Event']>();
  expectTypeOf<Whole<z.output<typeof jobSchema>>>().toEqualTypeOf<Whole<ApiJob>>();
  expectTypeOf<z.output<typeof lines.questionLineSchema>>().toEqualTypeOf<Whole<Api['Question']>>();
  expectTypeOf<z.output<typeof lines.demonstrationLineSchema>>().toEqualTypeOf<Whole<Api['Demonstration']>>();
  expectTypeOf<z.output<typeof lines.pairLineSchema>>().toEqualTypeOf<Whole<Api['Pair']>>();
  expectTypeOf<answers.TrainerInfo>().toEqualTypeOf<Api['Info']>();
  expectTypeOf<Omit<answers.JobStatus, 'job'>>().toEqualTypeOf<Omit<Api['JobStatus'], 'job'>>();
  expectTypeOf<Whole<ApiJob>>().toExtend<answers.JobStatus['job']>();
  expectTypeOf<z.output<typeof answers.checkpointListSchema>>().toEqualTypeOf<Api['CheckpointList']>();
  expectTypeOf<z.output<typeof answers.fileStatusSchema>>().toEqualTypeOf<Api['FileStatus']>();
  expectTypeOf<z.output<typeof answers.healthSchema>>().toEqualTypeOf<Api['Health']>();
  expectTypeOf<z.output<typeof answers.trainerFailureSchema>>().toEqualTypeOf<Whole<Api['Failure']>>();
});
