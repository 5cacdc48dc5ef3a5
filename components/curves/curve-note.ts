/** What a person must know to read the lines: what is averaged, joined, estimated and left out. */
import type { CurveChoice } from '@/lib/domain/curves/choice';
import type { Curves } from '@/lib/domain/curves/curve';
import type { CurveLine } from '@/lib/domain/curves/lines';
import type { Measure } from '@/lib/domain/curves/smooth';
import { counted, formatCount } from '@/lib/domain/text/counted';

const seedNote = (lines: readonly CurveLine[]): string[] => {
  const most = Math.max(0, ...lines.map(({ runIds }) => runIds.length));
  if (most < 2) return [];
  const band = most === 2 ? 'from one seed to the other' : 'the 95 % interval of the mean over the seeds';
  return [`Bands: ${band}; a step that only some seeds have yet is the mean of those.`];
};

const estimateNote = ({ curves }: Curves): string[] => {
  const points = curves.flatMap((curve) => curve.points);
  const estimated = points.reduce((sum, point) => sum + point.estimated, 0);
  const measured = points.reduce((sum, point) => sum + point.tokens.n, 0);
  if (estimated === 0) return [];
  return [
    `${formatCount(estimated)} of ${counted(measured, 'length')} ${estimated === 1 ? 'is' : 'are'} estimated, where trainer and file give none.`,
  ];
};

/** Sentences; empty where there is nothing to know. */
export const curveNote = (
  curves: Curves,
  measure: Measure,
  choice: CurveChoice,
  lines: readonly CurveLine[],
): string => {
  const { stepsPerPoint, turns, sets, withoutStep } = curves;
  const gone = choice.overlaid.length - (curves.runs.length - 1);
  const drawnSets = new Set(curves.curves.map(({ setId }) => setId)).size;
  return [
    ...(stepsPerPoint > 1 ? [`Sampled: each point is the mean of ${stepsPerPoint} steps.`] : []),
    ...(choice.smooth > stepsPerPoint
      ? [`Strong: mean of the last ${choice.smooth} steps. Faint: ${stepsPerPoint > 1 ? 'the points' : 'each step'}.`]
      : []),
    ...seedNote(lines),
    ...(choice.k.length === 0 && turns.drawn < turns.known
      ? [`The latest iterations, ${turns.drawn} of ${turns.known}.`]
      : []),
    ...(choice.set === 'each' && drawnSets < sets.length ? [`The ${drawnSets} largest of ${sets.length} sets.`] : []),
    ...(withoutStep > 0
      ? [`${counted(withoutStep, 'rollout')} sampled after GRPO have no step and are left out.`]
      : []),
    ...(gone > 0 ? [`${counted(gone, 'overlaid run')} can no longer be found.`] : []),
    ...(measure === 'tokens' ? estimateNote(curves) : []),
  ].join(' ');
};
