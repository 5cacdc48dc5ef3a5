/** From lines to what a plot is given: series, axes, table and sentence. */
import type { LinePlotProps, LineSeries } from '@/components/charts/plot-types';
import type { ChartColumn, ChartData } from '@/lib/domain/charts/chart-data';
import { stableEnds } from '@/lib/domain/curves/axis';
import type { CurveChoice } from '@/lib/domain/curves/choice';
import type { Curves } from '@/lib/domain/curves/curve';
import { type CurveLine, linesOf } from '@/lib/domain/curves/lines';
import { type LineName, nameLines } from '@/lib/domain/curves/names';
import { endsOfCurve, type Measure } from '@/lib/domain/curves/smooth';
import { formatCount } from '@/lib/domain/text/counted';
import { curveLooks } from './curve-looks';
import { measureText } from './measure-text';
import { countedBehind, pointWords, rolloutsAt, rolloutsBehind, type Spoken } from './point-words';

export type CurvePicture = {
  readonly lines: readonly CurveLine[];
  readonly plot: LinePlotProps;
  readonly data: ChartData;
  readonly summary: string;
};

/** Steps at either end of a curve that its sentence speaks of. */
const ENDS_STEPS = 5;
/** Lines that the sentence speaks of. */
const MOST_SPOKEN = 6;

type Named = { readonly line: CurveLine; readonly name: LineName };

const seriesOf = (named: readonly Named[], spoken: Spoken): LineSeries[] => {
  const looks = curveLooks(named.map(({ line }) => line));
  const drawn = named.flatMap(({ line, name }): { readonly own: LineSeries; readonly raw: LineSeries }[] => {
    const look = looks.get(line.key);
    if (!look) return [];
    const points = line.points.map((point) => ({
      ...pointWords(line, name.name, point, spoken),
      x: point.x,
      y: point.trend,
      ...(point.band ?? {}),
    }));
    const raw = line.points.map((point) => ({ title: '', lines: [], href: null, x: point.x, y: point.raw }));
    return [
      {
        own: { key: line.key, ...name, look, points, ...(line.runIds.length > 1 && { interval: 'band' as const }) },
        raw: { key: `${line.key} as sampled`, name: name.name, short: '', look, points: raw, behind: true },
      },
    ];
  });
  return [...(spoken.smooth > 0 ? drawn.map(({ raw }) => raw) : []), ...drawn.map(({ own }) => own)];
};

const valuesOf = (lines: readonly CurveLine[]): number[] =>
  lines.flatMap(({ points }) =>
    points.flatMap(({ raw, trend, band }) => [raw, trend, band?.low, band?.high].flatMap((value) => value ?? [])),
  );

const columnsOf = (measure: Measure, unit: string | null, hasTrend: boolean): ChartColumn[] => {
  const value = { format: 'number', ...(unit !== null && { unit }) } as const;
  return [
    { key: 'line', label: 'Line', format: 'text' },
    { key: 'from', label: 'From step', format: 'count' },
    { key: 'to', label: 'To step', format: 'count' },
    { key: 'rollouts', label: 'Rollouts', format: 'count' },
    { key: 'n', label: measure === 'accuracy' ? 'Judged' : 'Measured', format: 'count' },
    { key: 'mean', label: 'Mean', ...value },
    { key: 'low', label: '95 % from', ...value },
    { key: 'high', label: '95 % to', ...value },
    ...(hasTrend ? [{ key: 'trend', label: 'Smoothed', ...value } as const] : []),
    ...(measure === 'tokens' ? [{ key: 'estimated', label: 'Estimated', format: 'count' } as const] : []),
  ];
};

const digits = (value: number | null | undefined): number | null => (value == null ? null : Number(value.toFixed(4)));

const dataOf = (named: readonly Named[], spoken: Spoken): ChartData => ({
  columns: columnsOf(spoken.measure, spoken.measure === 'tokens' ? 'tokens' : null, spoken.smooth > 0),
  rows: named.flatMap(({ line, name }) =>
    line.points.map((point) => {
      const single = line.runIds.length === 1 ? point.members[0]?.raw : null;
      return {
        key: `${line.key} ${point.from}`,
        cells: {
          line: name.name,
          from: point.from,
          to: point.to,
          rollouts: rolloutsBehind(point),
          n: countedBehind(point),
          mean: digits(point.raw),
          low: digits(single ? single.low : point.band?.low),
          high: digits(single ? single.high : point.band?.high),
          trend: digits(point.trend),
          estimated: point.members.reduce((total, one) => total + one.point.estimated, 0),
        },
        href: rolloutsAt(line, point, spoken),
      };
    }),
  ),
});

const summaryOf = (named: readonly Named[], { measure, length }: Spoken): string => {
  const { value } = measureText(measure, length);
  const sentences = named.slice(0, MOST_SPOKEN).flatMap(({ line, name }) => {
    const { first, last } = endsOfCurve(line.first.points, measure, ENDS_STEPS);
    if (first === null || last === null) return [];
    const whose = line.runIds.length > 1 ? ' (its first seed)' : '';
    return [`${name.name}${whose}: ${value(first)} at first, ${value(last)} at last.`];
  });
  const more = named.length - MOST_SPOKEN;
  return [
    ...sentences,
    ...(more > 0 ? [`${formatCount(more)} more lines.`] : []),
    `First and last are the means over ${ENDS_STEPS} steps.`,
  ].join(' ');
};

/** One measure of the curves as a person chose to see it. */
export const pictureOf = (curves: Curves, measure: Measure, choice: CurveChoice): CurvePicture => {
  const lines = linesOf(curves, measure, choice);
  const names = nameLines(lines, curves);
  const named = lines.flatMap((line) => {
    const name = names.get(line.key);
    return name ? [{ line, name }] : [];
  });
  const text = measureText(measure, choice.length);
  // A point that is the mean of as many steps has no trend besides.
  const smooth = choice.smooth > curves.stepsPerPoint ? choice.smooth : 0;
  const spoken: Spoken = { measure, length: choice.length, smooth };
  const xs = lines.flatMap(({ points }) => points.map(({ x }) => x));
  return {
    lines,
    plot: {
      x: {
        label: choice.x === 'chained' ? 'Step, iterations end to end' : 'Step',
        unit: null,
        format: formatCount,
        scale: 'linear',
        domain: stableEnds([0, ...xs], { least: 0, span: 5 }),
      },
      y: { ...text.y, scale: 'linear', domain: stableEnds(valuesOf(lines), text.ends) },
      series: seriesOf(named, spoken),
    },
    data: dataOf(named, spoken),
    summary: summaryOf(named, spoken),
  };
};
