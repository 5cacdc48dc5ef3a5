/** How a value of a chart is written in its table. */
import { formatPercent } from '@/components/ui/number';
import type { ChartCell, ChartColumn } from '@/lib/domain/charts/chart-data';
import { formatCount } from '@/lib/domain/text/counted';

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

const formats: Readonly<Record<ChartColumn['format'], (value: number) => string>> = {
  text: String,
  count: formatCount,
  share: formatPercent,
  number: (value) => number.format(value),
  seconds: (value) => number.format(value),
};

/** An en dash for what is not there. */
export const cellText = ({ format }: Pick<ChartColumn, 'format'>, cell: ChartCell | undefined): string => {
  if (cell === null || cell === undefined) return '–';
  return typeof cell === 'string' ? cell : Number.isFinite(cell) ? formats[format](cell) : '–';
};

/** The head of a column: its label, with the unit that its values do not carry. */
export const headText = ({ label, unit, format }: ChartColumn): string => {
  const written = format === 'share' ? null : (unit ?? (format === 'seconds' ? 's' : null));
  return written === null ? label : `${label} (${written})`;
};
