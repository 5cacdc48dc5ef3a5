'use client';
import { memo } from 'react';
import { Area, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { ChartTable } from '@/components/charts/chart-table';
import { formatFixed, formatPercent } from '@/components/ui/number';
import { formatCount } from '@/lib/domain/text/counted';
import type { Sensitivity } from '@/lib/domain/verifier/what-if/sensitivity';
import { isTokens } from '@/lib/domain/verifier/what-if/thresholds';
import { placeOf, thresholdNotes, thresholdText } from './threshold-notes';

export const PLOT_PX = 84;

type PlotProps = {
  curve: Sensitivity;
  /** Rollouts in all, which the shares are of. */
  rollouts: number;
};

const shares = [0, 0.25, 0.5, 0.75, 1];
const tokens = [0, 4, 32, 256, 2048, 32768];

/** Under slider and plot alike: half a thumb is left free at both ends. */
export const atPlace = (place: number): string => `calc(0.5rem + ${place} * (100% - 1rem))`;
const THUMB_HALF_PX = 7;

const rowsOf = ({ name, points, bins }: Sensitivity, rollouts: number) => {
  const most = Math.max(1, ...points.map(({ meanReward }) => meanReward ?? 0));
  return points.map(({ value, good, own, meanReward }, at) => ({
    place: placeOf(name, value),
    good: name === 'formatReward' ? null : good / Math.max(1, rollouts),
    own:
      name === 'formatReward' ? (meanReward === null ? null : meanReward / most) : (own ?? 0) / Math.max(1, rollouts),
    // Small counts beside a tall one must still be seen.
    spread: Math.sqrt(bins[at] ?? 0),
  }));
};

/** The spread of the scores, with what the threshold does at each value above it. */
const Picture = memo(({ curve, rollouts }: PlotProps) => {
  const { check } = thresholdNotes[curve.name];
  const line = { type: 'monotone', dot: false, activeDot: false, isAnimationActive: false, strokeWidth: 1.75 } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={rowsOf(curve, rollouts)}
        accessibilityLayer={false}
        margin={{ top: 4, right: THUMB_HALF_PX, bottom: 0, left: THUMB_HALF_PX }}
      >
        <XAxis dataKey="place" type="number" domain={[0, 1]} hide />
        <YAxis yAxisId="share" domain={[0, 1]} hide />
        <YAxis yAxisId="spread" domain={[0, 'dataMax']} hide />
        <Area
          yAxisId="spread"
          dataKey="spread"
          type="stepAfter"
          fill="var(--line)"
          fillOpacity={0.7}
          stroke="none"
          isAnimationActive={false}
        />
        <Line yAxisId="share" dataKey="good" stroke="var(--ink-2)" {...line} />
        <Line yAxisId="share" dataKey="own" stroke={`var(--check-${check})`} strokeDasharray="5 3" {...line} />
      </ComposedChart>
    </ResponsiveContainer>
  );
});
Picture.displayName = 'Picture';

const Ticks = ({ name }: { name: Sensitivity['name'] }) => (
  <div aria-hidden className="relative h-4 text-[10px] text-ink-3 tabular-nums">
    {(isTokens(name) ? tokens : shares).map((value) => (
      <span
        key={value}
        className="absolute -translate-x-1/2 first:translate-x-[-30%] last:translate-x-[-75%]"
        style={{ left: atPlace(placeOf(name, value)) }}
      >
        {thresholdText(name, value)}
      </span>
    ))}
  </div>
);

const nearest = ({ points }: Sensitivity, value: number) =>
  points.toSorted((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value))[0];

const summaryOf = (curve: Sensitivity, rollouts: number, saved: number): string => {
  const { own } = thresholdNotes[curve.name];
  const [first, at, last] = [curve.points[0], nearest(curve, saved), curve.points.at(-1)];
  const share = (count: number | undefined) => formatPercent((count ?? 0) / Math.max(1, rollouts));
  const text = (value: number | undefined) => thresholdText(curve.name, value ?? 0);
  if (own === null)
    return `Mean reward from ${formatFixed(first?.meanReward ?? null)} to ${formatFixed(last?.meanReward ?? null)}.`;
  return (
    `Good rollouts: ${share(first?.good)} at ${text(first?.value)}, ${share(at?.good)} near the saved value, ` +
    `${share(last?.good)} at ${text(last?.value)}. Rollouts that are ${own}: ${share(first?.own ?? 0)}, ${share(at?.own ?? 0)}, ${share(last?.own ?? 0)}.`
  );
};

type ThresholdPlotProps = PlotProps & { saved: number; value: number };

/** One threshold's plot with the saved and the present value marked; the same data as a table below it. */
export const ThresholdPlot = ({ curve, rollouts, saved, value }: ThresholdPlotProps) => (
  <div>
    <div className="relative" style={{ height: PLOT_PX }}>
      <div role="img" aria-label={summaryOf(curve, rollouts, saved)} className="h-full">
        <Picture curve={curve} rollouts={rollouts} />
      </div>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 border-ink-3 border-l border-dashed"
        style={{ left: atPlace(placeOf(curve.name, saved)) }}
      />
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 -ml-px w-0.5 bg-accent"
        style={{ left: atPlace(placeOf(curve.name, value)) }}
      />
    </div>
    <Ticks name={curve.name} />
  </div>
);

/** What the plot shows, in rows. */
export const CurveTable = ({ curve, rollouts }: PlotProps) => {
  const { own, label } = thresholdNotes[curve.name];
  const share = (count: number) => `${formatPercent(count / Math.max(1, rollouts))} (${formatCount(count)})`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="mt-2 max-h-56 overflow-auto text-xs" aria-label={`${label}, as a table`} tabIndex={0}>
      <ChartTable
        columns={
          own === null
            ? [label, 'Mean reward']
            : [label, 'Good', `${own.charAt(0).toUpperCase()}${own.slice(1)}`, 'Pairs', 'Scores']
        }
        rows={curve.points.map(({ value, good, own: count, pairs, meanReward }, at) => ({
          key: String(value),
          cells:
            own === null
              ? [thresholdText(curve.name, value), formatFixed(meanReward, 3)]
              : [
                  thresholdText(curve.name, value),
                  share(good),
                  share(count ?? 0),
                  pairs === null ? '…' : formatCount(pairs),
                  at < curve.bins.length ? formatCount(curve.bins[at] ?? 0) : '',
                ],
        }))}
      />
    </section>
  );
};
