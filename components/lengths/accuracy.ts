/** Length against accuracy in bins with intervals. */
import { plainLook } from '@/components/charts/look';
import { formatPercent } from '@/components/ui/number';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { quarterDifference } from '@/lib/domain/lengths/accuracy';
import type { AccuracySeries, Lengths } from '@/lib/domain/lengths/schema';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import type { Multiple } from './multiples';
import { plotsByValue } from './plots-by-value';
import { looksOf, nameOf, nameOfSlice, rangeWords, rolloutsBehind, type Told } from './series-words';

/** More intervals than these on each other cannot be read: bands then. */
const MOST_WHISKERS = 3;

export const accuracyPlots = (told: Told, { slices, accuracy }: Lengths): Multiple[] => {
  const looks = looksOf(slices);
  const interval = slices.length > MOST_WHISKERS ? 'band' : 'bars';
  return plotsByValue(told, accuracy, (own) =>
    own.map((one) => ({
      key: `${one.slice} ${one.value}`,
      name: nameOf(told, one),
      short: nameOfSlice(told, one.slice),
      look: looks[one.slice] ?? plainLook,
      interval,
      points: one.bins.map(({ from, to, middle, n, correct }) => {
        const { share, low, high } = proportion(correct, n);
        return {
          x: middle,
          y: share,
          low,
          high,
          title: `${nameOf(told, one)}: ${rangeWords(from, to, told.unit)}`,
          lines: [
            `${formatPercent(share ?? 0)} right: ${formatCount(correct)} of ${formatCount(n)}`,
            `95 % interval ${formatPercent(low)} to ${formatPercent(high)}`,
          ],
          href: rolloutsBehind(told, { ...one, from, to, judged: true }),
        };
      }),
    })),
  );
};

export const accuracyData = (told: Told, { accuracy }: Lengths): ChartData => ({
  columns: [
    { key: 'from', label: 'From', unit: told.unit, format: 'count' },
    { key: 'to', label: 'To', unit: told.unit, format: 'count' },
    { key: 'name', label: 'Rollouts of', format: 'text' },
    { key: 'correct', label: 'Right', format: 'count' },
    { key: 'n', label: 'With a truth', format: 'count' },
    { key: 'share', label: 'Accuracy', format: 'share' },
    { key: 'low', label: 'Low', format: 'share' },
    { key: 'high', label: 'High', format: 'share' },
  ],
  rows: accuracy.flatMap((one) =>
    one.bins.map(({ from, to, n, correct }) => {
      const { share, low, high } = proportion(correct, n);
      return {
        key: `${one.slice} ${one.value} ${from}`,
        cells: { from, to, name: nameOf(told, one), correct, n, share, low, high },
        href: rolloutsBehind(told, { ...one, from, to, judged: true }),
      };
    }),
  ),
});

/** `+8.0 points (2.5 to 13.6)`. */
export const pointsWords = ({ difference, low, high }: { difference: number; low: number; high: number }): string => {
  const points = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)}`;
  return `${difference > 0 ? '+' : ''}${points(difference)} points (${points(low)} to ${points(high)})`;
};

const quarterWords = (told: Told, one: AccuracySeries): string | null => {
  if (!one.quarters) return null;
  const { longest, shortest } = one.quarters;
  const difference = quarterDifference(one.quarters);
  if (!difference) return null;
  const share = ({ n, correct }: { n: number; correct: number }) => formatPercent(correct / n);
  return `${nameOf(told, one)}: the longest quarter is right ${share(longest)}, the shortest ${share(shortest)}, ${pointsWords(difference)}`;
};

export const accuracySummary = (told: Told, { accuracy }: Lengths): string => {
  const words = accuracy.flatMap((one) => quarterWords(told, one) ?? []);
  if (words.length === 0) return 'The rollouts do not differ enough in length to say anything.';
  return `${words.slice(0, 4).join('. ')}${words.length > 4 ? ' …' : ''}. Across questions: hard ones may be both long and wrong.`;
};
