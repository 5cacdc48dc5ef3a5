/** How a judge's figures read. */
import { formatFixed } from '@/components/ui/number';
import type { JudgeView } from '@/lib/domain/judge/judge';
import { formatCount } from '@/lib/domain/text/counted';

/** $0.0042, $1.20: small sums keep digits that say something. */
export const formatUsd = (usd: number): string => `$${usd > 0 && usd < 1 ? usd.toFixed(4) : usd.toFixed(2)}`;

/** 840 ms, 2.3 s; an en dash for nothing. */
export const formatMs = (ms: number | null): string =>
  ms === null ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : `${formatFixed(ms / 1000, 1)} s`;

/** What is left of a limit, or that there is none. */
export const budgetText = ({ tokenBudget, usdBudget, spentTokens, spentUsd }: JudgeView): string => {
  const parts = [
    ...(tokenBudget === null
      ? []
      : [`${formatCount(Math.max(0, tokenBudget - spentTokens))} of ${formatCount(tokenBudget)} tokens left`]),
    ...(usdBudget === null ? [] : [`${formatUsd(Math.max(0, usdBudget - spentUsd))} of ${formatUsd(usdBudget)} left`]),
  ];
  return parts.length === 0 ? 'no limit' : parts.join(', ');
};

/** What is spent of the tighter limit, in [0, 1]; null without one. */
export const budgetShare = ({ tokenBudget, usdBudget, spentTokens, spentUsd }: JudgeView): number | null => {
  const shareOf = (spent: number, budget: number) => (budget === 0 ? 1 : Math.min(1, spent / budget));
  const shares = [
    ...(tokenBudget === null ? [] : [shareOf(spentTokens, tokenBudget)]),
    ...(usdBudget === null ? [] : [shareOf(spentUsd, usdBudget)]),
  ];
  return shares.length === 0 ? null : Math.max(...shares);
};

/** A field of a form as a number; what is no number is refused on the server, in words. */
export const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
/** The same where nothing means no limit. */
export const limitOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));
