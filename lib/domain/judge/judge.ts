/** Judges as screens show them and as people register them. The key never leaves the server. */
import { z } from 'zod';
import { serviceUrlSchema } from '@/lib/domain/service-url';
import { storableString } from '@/lib/domain/text/storable';
import { failureKinds } from './failure';

const count = z.int().nonnegative();

/** What a judge has cost and how it answered, over all its requests. */
export const judgeUseSchema = z.object({
  /** Requests by what came of them; `underWay` are those that have no end yet, or whose process was killed. */
  answered: count,
  malformed: count,
  failed: count,
  underWay: count,
  failures: z.array(z.object({ kind: z.enum(failureKinds), count })),
  inputTokens: count,
  outputTokens: count,
  /** Milliseconds of the last 10,000 requests that were answered; null before the first. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Rollouts that it judged, those of them that cost nothing, and those it found undetermined. */
  judgements: count,
  cached: count,
  undetermined: count,
  lastError: z.object({ sentence: z.string(), at: z.iso.datetime() }).nullable(),
});
export type JudgeUse = z.infer<typeof judgeUseSchema>;

export const judgeViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  model: z.string(),
  promptVersion: z.int(),
  temperature: z.number(),
  maxTokens: z.int(),
  heldOut: z.boolean(),
  url: z.string(),
  hasKey: z.boolean(),
  concurrency: z.int(),
  timeoutSeconds: z.int(),
  usdPerMillionInput: z.number(),
  usdPerMillionOutput: z.number(),
  /** Null: no limit. */
  tokenBudget: z.number().nullable(),
  usdBudget: z.number().nullable(),
  /** What counts against the budgets, requests under way at their worst. */
  spentTokens: z.number(),
  spentUsd: z.number(),
  createdAt: z.iso.datetime(),
  /** Verifier versions that name it, and the runs that stand on them. */
  versions: z.array(
    z.object({ id: z.uuid(), number: z.int(), runs: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  ),
  use: judgeUseSchema,
});
export type JudgeView = z.infer<typeof judgeViewSchema>;

/** An address without a path means the usual one of OpenAI-compatible servers. */
const judgeUrlSchema = serviceUrlSchema.transform((text) => {
  const url = new URL(text);
  const bare = url.href.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return url.pathname === '/' ? `${bare}/v1` : bare;
});

const MAX_USD = 1_000_000;
/** Not a number in a form, e.g. an empty field, is said in words. */
const numberOf = (what: string) => z.number({ error: `Give ${what}` });

/** What may change: how it is reached and what it may cost. */
const meansShape = {
  url: judgeUrlSchema,
  concurrency: numberOf('how many requests at once').int('Give a whole number').min(1).max(256),
  timeoutSeconds: numberOf('seconds').int('Give whole seconds').min(1).max(300),
  usdPerMillionInput: numberOf('a price, 0 for none').min(0).max(MAX_USD),
  usdPerMillionOutput: numberOf('a price, 0 for none').min(0).max(MAX_USD),
  tokenBudget: numberOf('tokens, or nothing for no limit').int('Give whole tokens').min(0).max(1e15).nullable(),
  usdBudget: numberOf('US dollars, or nothing for no limit').min(0).max(MAX_USD).nullable(),
};

/** As any header can carry it. */
export const judgeKeySchema = z
  .string()
  .trim()
  .min(1)
  .max(4_000, 'A key has at most 4000 characters')
  .regex(/^[!-~]*$/, 'A key has only printable ASCII characters and no spaces');

/** What a person gives to register a judge. */
export const judgeRegistrationSchema = z.object({
  name: storableString().trim().min(1, 'Give it a name').max(100, 'That name is too long'),
  model: storableString().trim().min(1, 'Give the model as its server names it').max(300, 'That name is too long'),
  heldOut: z.boolean(),
  temperature: numberOf('a temperature').min(0).max(2),
  maxTokens: numberOf('tokens').int('Give whole tokens').min(64, 'An answer needs at least 64 tokens').max(65_536),
  /** Null for a server that asks for none. */
  key: judgeKeySchema.nullable(),
  ...meansShape,
});
export type JudgeRegistration = z.infer<typeof judgeRegistrationSchema>;

/** What a person may change of a judge; a key that is left out stays, null takes it away. */
export const judgeChangeSchema = z.object({ ...meansShape, key: judgeKeySchema.nullable().optional() });
export type JudgeChange = z.infer<typeof judgeChangeSchema>;

/** What one tiny question to a judge gave. */
export const judgeTrialSchema = z.object({
  ok: z.boolean(),
  /** One sentence: what it concluded, or why it did not answer. */
  sentence: z.string(),
  /** As it came; empty when nothing did. */
  raw: z.string(),
  latencyMs: z.number().nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  /** Whether the server held the model to the form. */
  structured: z.boolean().nullable(),
});
export type JudgeTrial = z.infer<typeof judgeTrialSchema>;
