'use client';
import { type ReactNode, useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { LinePlot } from '@/components/charts/line-plot';
import type { CurveChoice } from '@/lib/domain/curves/choice';
import type { Curves } from '@/lib/domain/curves/curve';
import type { Measure } from '@/lib/domain/curves/smooth';
import { curveNote } from './curve-note';
import { pictureOf } from './curve-picture';
import { measureText } from './measure-text';

/** Pixels of the picture. */
export const CURVE_PX = 300;

type CurvePanelProps = {
  readonly curves: Curves;
  readonly measure: Measure;
  readonly choice: CurveChoice;
  readonly controls?: ReactNode;
};

/** One measure by step. */
export const CurvePanel = ({ curves, measure, choice, controls }: CurvePanelProps) => {
  const picture = useMemo(() => pictureOf(curves, measure, choice), [curves, measure, choice]);
  return (
    <ChartPanel
      title={measureText(measure, choice.length).title}
      summary={picture.summary}
      data={picture.data}
      height={CURVE_PX}
      name={measure === 'accuracy' ? 'accuracy-by-step' : 'length-by-step'}
      note={curveNote(curves, measure, choice, picture.lines)}
      controls={controls}
    >
      <LinePlot {...picture.plot} />
    </ChartPanel>
  );
};
