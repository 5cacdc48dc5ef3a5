/** How the value of a metric reads. */
import { formatClock, formatPercent } from '@/components/ui/number';
import type { MetricFormat } from '@/lib/domain/job-metrics';
import { formatCount } from '@/lib/domain/text/counted';

const three = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** 0.000052 → 5.2e-5: what would need more zeros than figures. */
const plain = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
    ? value.toExponential(2).replace(/\.?0+e/, 'e')
    : three.format(value);

const formats: Readonly<Record<MetricFormat, (value: number) => string>> = {
  share: (value) => formatPercent(value),
  tokens: (value) => `${formatCount(Math.round(value))} tokens`,
  seconds: (value) => (value < 100 ? `${three.format(value)} s` : formatClock(value)),
  rate: (value) => `${three.format(value)}/s`,
  small: (value) => (value === 0 ? '0' : value.toExponential(2).replace(/\.?0+e/, 'e')),
  number: plain,
};

/** An en dash where the trainer had no finite number. */
export const metricText = (format: MetricFormat, value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formats[format](value);

const ticks: Readonly<Partial<Record<MetricFormat, (value: number) => string>>> = {
  // Shares of a hundredth differ in their decimals only.
  share: (value) => `${three.format(value * 100)} %`,
  tokens: (value) => formatCount(Math.round(value)),
  seconds: (value) => `${three.format(value)} s`,
};

/** The same for the ticks of an axis, where the unit would repeat itself. */
export const tickText = (format: MetricFormat, value: number): string => (ticks[format] ?? plain)(value);
