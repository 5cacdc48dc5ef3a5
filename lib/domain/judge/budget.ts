/** What judging costs, and when it must stop. Tokens are counted as the server reports them; prices are in US dollars. */
import type { JudgeMessage } from './prompt';

export type Prices = { readonly usdPerMillionInput: number; readonly usdPerMillionOutput: number };
export type Usage = { readonly inputTokens: number; readonly outputTokens: number };
export type Spend = { readonly tokens: number; readonly usd: number };
/** Null: no limit. */
export type Budget = { readonly tokens: number | null; readonly usd: number | null };

/** What a chat template adds to what we send. */
const TEMPLATE_TOKENS = 512;

/** Price of a request in US dollars. */
export const costOf = ({ inputTokens, outputTokens }: Usage, prices: Prices): number =>
  (inputTokens * prices.usdPerMillionInput + outputTokens * prices.usdPerMillionOutput) / 1_000_000;

/**
 * More than a request can use: a tokenizer makes at most one token of a byte, and `maxTokens` bounds the answer. It is
 * what a request reserves before it goes out, and what it counts as when nobody can tell what it used. Servers put
 * `schema` into the prompt, some of them.
 */
export const worstCase = (messages: readonly JudgeMessage[], maxTokens: number, schema = ''): Usage => {
  const texts = [...messages.map(({ content }) => content), schema];
  const bytes = texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  return { inputTokens: bytes + TEMPLATE_TOKENS, outputTokens: maxTokens };
};

/** What a usage spends. */
export const spendOf = (usage: Usage, prices: Prices): Spend => ({
  tokens: usage.inputTokens + usage.outputTokens,
  usd: costOf(usage, prices),
});

/** What is left of a budget; null where there is no limit, never below 0. */
export const leftOf = (spent: Spend, budget: Budget): Budget => ({
  tokens: budget.tokens === null ? null : Math.max(0, budget.tokens - spent.tokens),
  usd: budget.usd === null ? null : Math.max(0, budget.usd - spent.usd),
});

/**
 * Whether a request may go out: its worst case must fit into what is left. `wait` where it does not fit now but others
 * are under way, which may use less than they reserved; `stop` where nothing will give anything back.
 */
export const admit = (spent: Spend, next: Spend, budget: Budget, underWay: number): 'send' | 'wait' | 'stop' => {
  const left = leftOf(spent, budget);
  const fits = (left.tokens === null || next.tokens <= left.tokens) && (left.usd === null || next.usd <= left.usd);
  if (fits) return 'send';
  return underWay > 0 ? 'wait' : 'stop';
};
