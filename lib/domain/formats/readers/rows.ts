/** What all row formats share: a row is parsed by a schema, turned into records, and refused with a reason. */
import { z } from 'zod';
import type { ImportedQuestion, ImportedRollout, ImportRecord, Refusal } from '@/lib/domain/formats/import-record';

/** One parsed JSON value of a file → the records it holds. Never throws for bad content. */
export type RowReader = (value: unknown, at: number) => readonly ImportRecord[];

export const refusal = (at: number, reason: string): Refusal => ({ type: 'refusal', at, reason });

/** A reader of rows that match `schema`; `read` gives records or the reason why a well-typed row is refused. */
export const rowReader =
  <Row>(schema: z.ZodType<Row>, read: (row: Row, at: number) => readonly ImportRecord[] | string): RowReader =>
  (value, at) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) return [refusal(at, schemaReason(parsed.error))];
    const records = read(parsed.data, at);
    return typeof records === 'string' ? [refusal(at, records)] : records.map(storable);
  };

/** First fault of a row in words: `` `output` is missing ``. */
const schemaReason = (error: z.ZodError): string => {
  const [issue] = error.issues;
  if (issue === undefined) return 'The row is not of this format.';
  const path = issue.path.map(String).join('.');
  const field = path === '' ? 'The row' : `\`${path.slice(0, 120)}\``;
  if (issue.code === 'invalid_type') {
    if (issue.message.endsWith('received undefined')) return `${field} is missing.`;
    return `${field} should be of type ${issue.expected}.`;
  }
  if (issue.code === 'unrecognized_keys') return `Unknown field: ${issue.keys.join(', ').slice(0, 200)}.`;
  return `${field}: ${issue.message.slice(0, 200)}.`;
};

/** The record, or a refusal when a text holds what PostgreSQL cannot store: NUL, or half a surrogate pair. */
export const storable = (record: ImportRecord): ImportRecord => {
  if (record.type === 'refusal') return record;
  const bad = record.type === 'question' ? badQuestion(record.question) : badRollout(record.rollout);
  return bad === undefined ? record : refusal(record.at, bad);
};

const MAX_KEY = 300;

const badRollout = (rollout: ImportedRollout): string | undefined =>
  badText('The response', rollout.response) ??
  badQuestion(rollout.question) ??
  badKey('The sample id', rollout.sampleKey) ??
  badKey('The group id', rollout.groupKey);

const badQuestion = (question: ImportedQuestion): string | undefined =>
  badKey('The question key', question.key) ??
  badText('The prompt', question.prompt) ??
  badText('The truth', question.truth) ??
  badText('An option', question.options.join('\n')) ??
  badText('The media path', question.mediaPath ?? '');

const badKey = (what: string, key: string | null): string | undefined => {
  if (key === null) return undefined;
  return key.length > MAX_KEY ? `${what} is longer than ${MAX_KEY} characters.` : badText(what, key);
};

const badText = (what: string, text: string): string | undefined => {
  if (text.includes('\0')) return `${what} holds a NUL character, which a database text cannot.`;
  return text.isWellFormed() ? undefined : `${what} holds half of a surrogate pair, which is not text.`;
};

const idSchema = z.union([z.string(), z.number()]);

/** An id as text. Numbers beyond 2^53 were already rounded by the JSON reader: two ids may have become one. */
export const idText = idSchema
  .refine((id) => typeof id === 'string' || Number.isSafeInteger(id) || !Number.isInteger(id), {
    message: 'the number is too large to be read exactly; write it as a text',
  })
  .transform(String);

/** A logged number; NaN, infinities and other things become null, because they say nothing. */
export const loggedNumber = z
  .unknown()
  .optional()
  .transform((value): number | null => finite(value));

export const finite = (value: unknown): number | null => {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

/** `true`, `false`, 1 or 0 as logged; null for anything else. */
export const loggedFlag = z
  .unknown()
  .optional()
  .transform((value): boolean | null => flag(value));

export const flag = (value: unknown): boolean | null => {
  if (typeof value === 'boolean') return value;
  return value === 1 || value === 0 ? value === 1 : null;
};

/** A step: a whole number, or text of one (ms-swift writes `"12"`, or `"12/94"`). */
export const stepSchema = z
  .union([z.number(), z.bigint(), z.string().regex(/^\d+(?:\/\d+)?$/)])
  .transform((step, context) => {
    const number = typeof step === 'string' ? Number.parseInt(step, 10) : Number(step);
    if (Number.isInteger(number) && number >= 0 && number <= 2 ** 31 - 1) return number;
    context.addIssue({ code: 'custom', message: 'is not a step (a whole number from 0)' });
    return z.NEVER;
  });

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** Named rewards from entries; names that would touch a prototype are dropped. */
export const rewardsOf = (entries: Iterable<readonly [string, number | null]>): Record<string, number | null> =>
  Object.fromEntries(
    [...entries].filter(([name]) => !UNSAFE.has(name)).map(([name, value]) => [name.slice(0, 120), value]),
  );

/** A rollout with everything a file usually leaves unsaid. */
export const rollout = (
  question: ImportedQuestion,
  response: string,
  stated: Partial<Omit<ImportedRollout, 'question' | 'response'>> = {},
): ImportedRollout => ({
  question,
  response,
  step: 0,
  sampleKey: null,
  groupKey: null,
  finishReason: 'unknown',
  thinkTokens: null,
  totalTokens: null,
  loggedReward: null,
  loggedCorrect: null,
  rewards: {},
  advantage: null,
  frameIndices: null,
  ...stated,
});
