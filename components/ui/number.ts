import { formatShare } from '@/lib/domain/text/share';

/** How numbers look everywhere. One locale on purpose: figures in papers and logs are compared with the screen. */

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** 12.3K */
export const formatShort = (value: number): string => short.format(value);
/** 0.4231 → 42.3 % */
export const formatPercent = formatShare;
/** Fixed decimals; an en dash for nothing. */
export const formatFixed = (value: number | null, digits = 2): string => (value === null ? '–' : value.toFixed(digits));

/** 1.5 KB, 3 MB: powers of 1000. */
export const formatBytes = (bytes: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
};

/** 75.3 → 1:15; 4000 → 1:06:40 */
export const formatClock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const pad = (part: number) => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
};
