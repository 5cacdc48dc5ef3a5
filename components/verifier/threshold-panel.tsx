'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/states';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { type ThresholdName, thresholdNames } from '@/lib/domain/verifier/what-if/thresholds';
import type { Sensitivities } from '@/lib/domain/verifier/what-if/view';
import { thresholdNotes } from './threshold-notes';
import { CurveTable, PLOT_PX, ThresholdPlot } from './threshold-plot';
import { ThresholdSlider } from './threshold-slider';

type ThresholdPanelProps = {
  saved: VerifierSettings;
  settings: VerifierSettings;
  /** Undefined while it loads. */
  curves: Sensitivities['curves'] | undefined;
  rollouts: number;
  onMove: (name: ThresholdName, value: number) => void;
  onReset: () => void;
};

/** Axis and room below the plot, so that nothing moves when it comes. */
const PLOT_AND_TICKS_PX = PLOT_PX + 16;

const Legend = () => (
  <p aria-hidden className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 text-xs">
    <span className="inline-flex items-center gap-1">
      <span className="h-0 w-4 border-ink-2 border-t-2" /> good
    </span>
    <span className="inline-flex items-center gap-1">
      <span className="h-0 w-4 border-ink-2 border-t-2 border-dashed" /> by its own check
    </span>
    <span className="inline-flex items-center gap-1">
      <span className="h-3 w-3 bg-line" /> where the scores lie
    </span>
    <span className="inline-flex items-center gap-1">
      <span className="h-3 w-0 border-ink-3 border-l border-dashed" /> saved
    </span>
    <span className="inline-flex items-center gap-1">
      <span className="h-3 w-0.5 bg-accent" /> now
    </span>
  </p>
);

/** All thresholds with their sliders and plots. */
export const ThresholdPanel = ({ saved, settings, curves, rollouts, onMove, onReset }: ThresholdPanelProps) => {
  const [asTables, setAsTables] = useState(false);
  const isMoved = thresholdNames.some((name) => settings[name] !== saved[name]);
  return (
    <Panel
      title="Thresholds"
      actions={
        <>
          <Button look="quiet" aria-pressed={asTables} onClick={() => setAsTables(!asTables)}>
            Tables
          </Button>
          <Button look="quiet" disabled={!isMoved} onClick={onReset}>
            Reset all
          </Button>
        </>
      }
    >
      <p className="mb-2 text-ink-2">
        Each plot moves one threshold over its range and leaves the others as they are saved: shares of all rollouts,
        from 0 to 100 %.
      </p>
      <Legend />
      <ul className="mt-2 flex flex-col">
        {thresholdNames.map((name) => {
          const curve = curves?.find((each) => each.name === name);
          const isIdle = curve?.scored === 0;
          return (
            <li key={name} className="border-line border-t pt-2 pb-3 first:border-t-0">
              <ThresholdSlider
                name={name}
                value={settings[name]}
                saved={saved[name]}
                disabled={isIdle}
                onMove={(value) => onMove(name, value)}
              />
              {isIdle ? (
                <p className="text-ink-3 text-xs">{thresholdNotes[name].idle}</p>
              ) : curve ? (
                <>
                  <ThresholdPlot curve={curve} rollouts={rollouts} saved={saved[name]} value={settings[name]} />
                  {asTables && <CurveTable curve={curve} rollouts={rollouts} />}
                </>
              ) : (
                <div style={{ height: PLOT_AND_TICKS_PX }} className="px-2">
                  <Skeleton className="h-full" />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
};
