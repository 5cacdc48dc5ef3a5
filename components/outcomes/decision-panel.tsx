'use client';
import { type ReactNode, useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty } from '@/components/charts/chart-state';
import { StackPlot, stackPlotHeight } from '@/components/charts/stack-plot';
import { Panel } from '@/components/ui/panel';
import type { Decisions } from '@/lib/domain/outcomes/decision';
import { ActTable } from './act-table';
import { AgreementTable } from './agreement-table';
import { CorrectionTable } from './correction-table';
import { decisionData, decisionPlot } from './decision-plot';
import { decisionSummary } from './decision-text';
import { OutcomesState } from './outcomes-state';

const TITLE = 'Decisions on pairs';
const WAITING_PX = 260;

const Standing = ({ runId, decisions }: { runId: string; decisions: Decisions }) => {
  const plot = useMemo(() => decisionPlot(runId, decisions), [runId, decisions]);
  const data = useMemo(() => decisionData(runId, decisions), [runId, decisions]);
  if (decisions.standing.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={WAITING_PX}>
        No pairs are proposed yet, so there is nothing to decide.
      </ChartEmpty>
    );
  }
  return (
    <ChartPanel
      title={TITLE}
      summary={decisionSummary(decisions)}
      data={data}
      height={stackPlotHeight(plot.columns, 'rows')}
      name="decisions-on-pairs"
      note="Each pair once, as it stands now: by whoever made its last approval or rejection that is not undone. Hatched: a policy’s, and the undecided."
    >
      <StackPlot {...plot} />
    </ChartPanel>
  );
};

const Part = ({ title, children, note }: { title: string; children: ReactNode; note?: string }) => (
  <section className="min-w-0">
    <h3 className="mb-1 font-semibold">{title}</h3>
    {children}
    {note && <p className="mt-1 text-ink-2 text-xs">{note}</p>}
  </section>
);

const Drawn = ({ runId, decisions }: { runId: string; decisions: Decisions }) => (
  <div className="flex min-w-0 flex-col gap-4">
    <Standing runId={runId} decisions={decisions} />
    <Panel title="Acts, agreement and corrections">
      <div className="flex flex-col gap-5">
        {decisions.acts.length > 0 ? (
          <Part
            title="Acts"
            note="Each act once, also those that a later one overruled. Undo takes back the latest act on a pair, of whatever kind."
          >
            <ActTable runId={runId} acts={decisions.acts} />
          </Part>
        ) : (
          <p className="text-ink-2">Nobody has decided anything about the pairs of this run yet.</p>
        )}
        <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
          <Part
            title="People agree with the proposal"
            note="Approved as proposed, of all pairs that people decided; below it the 95 % Wilson interval."
          >
            <AgreementTable standing={decisions.standing} />
          </Part>
          <Part title="Corrected verdicts" note="Standing corrections; the rollouts are those with any.">
            <CorrectionTable runId={runId} corrections={decisions.corrections} corrected={decisions.corrected} />
          </Part>
        </div>
      </div>
    </Panel>
  </div>
);

/**
 * What became of the proposed pairs by people's hands and by policies, how often people agree with the rules, and which
 * verdicts they corrected. What counts stands in lib/domain/outcomes/decision.ts.
 */
export const DecisionPanel = ({ runId }: { runId: string }) => (
  <OutcomesState runId={runId} title={TITLE} height={WAITING_PX}>
    {({ decisions }) => <Drawn runId={runId} decisions={decisions} />}
  </OutcomesState>
);
