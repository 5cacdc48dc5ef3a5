'use client';
import { DifferencePanel } from './difference-panel';
import { FlipChart } from './flip-chart';

/** Every chart of a comparison, on its page and in its report. */
export const ComparisonCharts = ({ comparison, changes, narrow }: Parameters<typeof DifferencePanel>[0]) => (
  <>
    <DifferencePanel comparison={comparison} changes={changes} narrow={narrow} />
    <FlipChart comparison={comparison} changes={changes} />
  </>
);
