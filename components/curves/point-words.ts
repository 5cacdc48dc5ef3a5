/** What a point says, and the rollouts that it opens. */
import type { Route } from 'next';
import type { MarkWords } from '@/components/charts/plot-types';
import { rolloutsOf } from '@/components/runs/rollout-links';
import type { CurveChoice } from '@/lib/domain/curves/choice';
import type { CurveLine, DrawnPoint } from '@/lib/domain/curves/lines';
import type { Measure } from '@/lib/domain/curves/smooth';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { measureText } from './measure-text';

export type Spoken = {
  readonly measure: Measure;
  readonly length: CurveChoice['length'];
  /** Steps of the trend; 0 where there is none beside the points. */
  readonly smooth: number;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const rolloutsBehind = ({ members }: DrawnPoint): number => sum(members.map(({ point }) => point.rollouts));
export const countedBehind = ({ members }: DrawnPoint): number => sum(members.map(({ raw }) => raw?.n ?? 0));

export const stepText = ({ from, to }: Pick<DrawnPoint, 'from' | 'to'>): string =>
  from === to ? `step ${formatCount(from)}` : `steps ${formatCount(from)} to ${formatCount(to)}`;

/** The rollouts that the point's own mean is over: those of its steps, without what its measure does not count. */
export const rolloutsAt = (line: CurveLine, point: DrawnPoint, { measure, length }: Spoken): Route => {
  const partly = countedBehind(point) < rolloutsBehind(point);
  const { k, stage, setId, sources } = line;
  return rolloutsOf(
    point.members.map(({ runId }) => runId),
    {
      facets: {
        iteration: [String(k)],
        stage: [stage],
        ...(setId !== null && { set: [setId] }),
        ...(partly && measure === 'accuracy' && { correct: ['yes', 'no'] }),
      },
      ...(point.from === point.to ? { step: point.from } : { stepMin: point.from, stepMax: point.to }),
      ...(partly && measure === 'tokens' && length === 'think' && { lengthMin: 0 }),
      ...(sources.length > 0 && point.from === 0 && { source: sources }),
    },
  );
};

const seedLines = (point: DrawnPoint, value: (value: number) => string): string[] => {
  const { trend, band, members } = point;
  const kind = members.length > 2 ? '95 % over the seeds: ' : '';
  const spread = band ? ` (${kind}${value(band.low)} to ${value(band.high)})` : '';
  const each = members.map((member) => `seed ${member.seed}: ${member.trend === null ? '–' : value(member.trend)}`);
  return [
    ...(trend === null ? [] : [`Mean of ${counted(members.length, 'seed')} ${value(trend)}${spread}`]),
    each.join(', '),
  ];
};

const ownLines = (point: DrawnPoint, { smooth }: Spoken, value: (value: number) => string): string[] => {
  const raw = point.members[0]?.raw;
  const own = point.from === point.to ? 'This step' : 'These steps';
  const interval =
    raw && raw.low !== null && raw.high !== null ? ` (95 %: ${value(raw.low)} to ${value(raw.high)})` : '';
  return [
    ...(smooth > 0 && point.trend !== null ? [`Mean of the last ${smooth} steps ${value(point.trend)}`] : []),
    ...(raw ? [`${own} ${value(raw.mean)}${interval}`] : []),
  ];
};

export const pointWords = (line: CurveLine, name: string, point: DrawnPoint, spoken: Spoken): MarkWords => {
  const { value, counted: kind } = measureText(spoken.measure, spoken.length);
  const [n, rollouts] = [countedBehind(point), rolloutsBehind(point)];
  const estimated = spoken.measure === 'tokens' ? sum(point.members.map((one) => one.point.estimated)) : 0;
  return {
    title: `${name}, ${stepText(point)}`,
    lines: [
      ...(line.runIds.length > 1 ? seedLines(point, value) : ownLines(point, spoken, value)),
      n === rollouts ? counted(n, 'rollout') : `${formatCount(n)} of ${counted(rollouts, 'rollout')} ${kind}`,
      ...(estimated > 0 ? [`${formatCount(estimated)} of the lengths estimated`] : []),
    ],
    href: rolloutsAt(line, point, spoken),
  };
};
