/** A share of 1 in percent: 0.4231 → `42.3 %`. */
export const formatShare = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;
