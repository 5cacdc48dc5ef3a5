import type { VerifierSettings } from './settings';

/** `r = r_a + r_f` with `r_f` the format reward of a well-formed response, else 0; null without a truth. */
export const rewardOf = (
  accuracy: number | null,
  wellFormed: boolean,
  settings: Pick<VerifierSettings, 'formatReward'>,
): number | null => (accuracy === null ? null : accuracy + (wellFormed ? settings.formatReward : 0));
