/** The settings that decide over stored scores: moving one reads nothing again. */
import { z } from 'zod';
import { type VerifierSettings, verifierSettingsSchema } from '@/lib/domain/verifier/settings';

export const thresholdNames = [
  'minAccuracy',
  'minAccuracyGraded',
  'maxRepetition',
  'minThinkTokens',
  'maxThinkTokens',
  'formatReward',
] as const;
export const thresholdNameSchema = z.enum(thresholdNames);
export type ThresholdName = z.infer<typeof thresholdNameSchema>;
export type Thresholds = Pick<VerifierSettings, ThresholdName>;

/** Tokens: where the scale of lengths ends. Longer limits may still be typed. */
export const MOST_TOKENS = 32_768;
const FEWEST_TOKENS = 4;
/** Values at which a threshold's effect is shown. */
export const POINTS = 41;

export const isTokens = (name: ThresholdName): boolean => name === 'minThinkTokens' || name === 'maxThinkTokens';

const shares: readonly number[] = Array.from({ length: POINTS }, (_, at) => at / (POINTS - 1));
/** None, then in even steps of a logarithmic scale. */
const tokens: readonly number[] = Array.from({ length: POINTS }, (_, at) =>
  at === 0 ? 0 : Math.round(FEWEST_TOKENS * (MOST_TOKENS / FEWEST_TOKENS) ** ((at - 1) / (POINTS - 2))),
);

/** The values over a threshold's meaningful range, ascending. Shares in [0, 1], or tokens. */
export const pointsOf = (name: ThresholdName): readonly number[] => (isTokens(name) ? tokens : shares);

/** Where so many tokens lie on the screen's scale, in [0, 1]: logarithmic, with a place for none. */
export const shareAt = (value: number): number => Math.min(1, Math.log1p(Math.max(0, value)) / Math.log1p(MOST_TOKENS));
/** The way back, in whole tokens. */
export const tokensAt = (share: number): number => Math.round(Math.expm1(share * Math.log1p(MOST_TOKENS)));

/** How many of the ascending `values` are at most `value` (`inclusive`), or below it. */
export const countUpTo = (values: readonly number[], value: number, inclusive: boolean): number => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = values[middle] ?? 0;
    if (at < value || (inclusive && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Thresholds as they come in an address; one that is missing keeps the value of `base`. */
export const movedSchema = z.object({
  minAccuracy: z.coerce.number().optional(),
  minAccuracyGraded: z.coerce.number().optional(),
  maxRepetition: z.coerce.number().optional(),
  minThinkTokens: z.coerce.number().optional(),
  maxThinkTokens: z.coerce.number().optional(),
  formatReward: z.coerce.number().optional(),
});
export type Moved = z.infer<typeof movedSchema>;

/** The settings of a version with other thresholds, unchecked. */
export const withMoved = (base: VerifierSettings, moved: Moved): VerifierSettings => ({
  ...base,
  minAccuracy: moved.minAccuracy ?? base.minAccuracy,
  minAccuracyGraded: moved.minAccuracyGraded ?? base.minAccuracyGraded,
  maxRepetition: moved.maxRepetition ?? base.maxRepetition,
  minThinkTokens: moved.minThinkTokens ?? base.minThinkTokens,
  maxThinkTokens: moved.maxThinkTokens ?? base.maxThinkTokens,
  formatReward: moved.formatReward ?? base.formatReward,
});

/** The same, checked as any settings are. */
export const moveThresholds = (base: VerifierSettings, moved: Moved) =>
  verifierSettingsSchema.safeParse(withMoved(base, moved));
