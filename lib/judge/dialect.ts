import 'server-only';
/** What a server understands of the request, found out once and remembered for as long as the process lives. */
import type { JudgeMessage } from '@/lib/domain/judge/prompt';
import type { JudgeAddress, JudgeFailure } from './request';

/** The parts of a judge that decide what it says. */
export type JudgeModel = { readonly model: string; readonly temperature: number; readonly maxTokens: number };

export type Dialect = {
  /** The server holds the model to a JSON schema. */
  readonly structured: boolean;
  /** Hosted reasoning models take the newer name. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
};

const known = new Map<string, Dialect>();
const FIRST: Dialect = { structured: true, limit: 'max_tokens' };

const keyOf = (address: JudgeAddress, { model }: JudgeModel): string => `${address.url}\n${model}`;

/** How to speak to this server. */
export const dialectOf = (address: JudgeAddress, model: JudgeModel): Dialect =>
  known.get(keyOf(address, model)) ?? FIRST;

/** Keeps what worked. */
export const learnDialect = (address: JudgeAddress, model: JudgeModel, dialect: Dialect): void => {
  known.set(keyOf(address, model), dialect);
};

/** The dialect to try after this refusal; undefined when it is not about one. */
export const otherDialect = (dialect: Dialect, { kind, message }: JudgeFailure): Dialect | undefined => {
  if (kind !== 'refused') return undefined;
  if (dialect.limit === 'max_tokens' && message.includes('max_completion_tokens')) {
    return { ...dialect, limit: 'max_completion_tokens' };
  }
  return dialect.structured ? { ...dialect, structured: false } : undefined;
};

/** The body of a request. `schema` is the JSON schema of an answer. */
export const bodyOf = (
  { model, temperature, maxTokens }: JudgeModel,
  messages: readonly JudgeMessage[],
  schema: object,
  dialect: Dialect,
): object => ({
  model,
  messages,
  temperature,
  [dialect.limit]: maxTokens,
  stream: false,
  ...(dialect.structured
    ? { response_format: { type: 'json_schema', json_schema: { name: 'conclusion', strict: true, schema } } }
    : {}),
});
