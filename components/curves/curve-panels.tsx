'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartEmpty, ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import { Failed } from '@/components/ui/states';
import type { Curves } from '@/lib/domain/curves/curve';
import { hasSteps } from '@/lib/domain/curves/lines';
import { curvesQuery } from '@/lib/queries/curves';
import { CurveBar } from './curve-bar';
import { CURVE_PX, CurvePanel } from './curve-panel';
import { LengthSwitch } from './length-switch';
import { useCurveChoice } from './use-curve-choice';

const TITLES = ['Accuracy reward by step', 'Response length by step'] as const;
const grid = 'grid grid-cols-1 gap-4 xl:grid-cols-2';

/** A launched iteration has sampled for its first step. */
const isBegun = ({ runs, curves }: Curves): boolean =>
  curves.some(({ runId, k }) =>
    runs.some(({ id, turns }) => id === runId && turns.some((turn) => turn.k === k && turn.seed !== null)),
  );

/**
 * Accuracy reward and response length by step of a run, live while it trains, with other runs laid over it: panels A,
 * B, D and E of the method.
 */
export const CurvePanels = ({ runId }: { readonly runId: string }) => {
  const [choice, choose] = useCurveChoice();
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...curvesQuery(runId, choice),
    placeholderData: keepPreviousData,
  });
  if (!data) {
    return (
      <section aria-label="Curves" className="flex min-w-0 flex-col gap-3">
        <div aria-hidden className="h-8" />
        <div className={grid}>
          {TITLES.map((title) =>
            error ? (
              <ChartFailed key={title} title={title} height={CURVE_PX} error={error} onRetry={() => void refetch()} />
            ) : (
              <ChartLoading key={title} title={title} height={CURVE_PX} />
            ),
          )}
        </div>
      </section>
    );
  }
  const bar = (
    <>
      <CurveBar runId={runId} curves={data} choice={choice} isBehind={isPlaceholderData} onChoose={choose} />
      {error && <Failed error={error} onRetry={() => void refetch()} />}
    </>
  );
  if (!hasSteps(data.curves)) {
    return (
      <section aria-label="Curves" className="flex flex-col gap-3">
        {choice.overlaid.length + choice.k.length > 0 && bar}
        <ChartEmpty title="Accuracy reward and response length by step" height={CURVE_PX / 2}>
          {isBegun(data)
            ? 'One step has rollouts so far: the lines begin with the second.'
            : 'These rollouts have no steps to draw a line through: launch GRPO, or import what was sampled while the policy trained, with its steps.'}
        </ChartEmpty>
      </section>
    );
  }
  return (
    <section aria-label="Curves" className="flex min-w-0 flex-col gap-3">
      {bar}
      <div className={grid}>
        <CurvePanel curves={data} measure="accuracy" choice={choice} />
        <CurvePanel
          curves={data}
          measure="tokens"
          choice={choice}
          controls={<LengthSwitch length={choice.length} onChoose={(length) => choose({ length })} />}
        />
      </div>
    </section>
  );
};
