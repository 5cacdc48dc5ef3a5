/** 0.4231 → 42.3 % */
export const formatPercent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;
