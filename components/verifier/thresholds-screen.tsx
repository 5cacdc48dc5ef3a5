'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failed } from '@/components/ui/states';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { thresholdNames } from '@/lib/domain/verifier/what-if/thresholds';
import { sensitivityQuery, whatIfQuery } from '@/lib/queries/verifier';
import { BriefChange } from './brief-change';
import { type ReadingParts, SaveVersionDialog } from './save-version-dialog';
import { ScopePicker } from './scope-picker';
import { ThresholdPanel } from './threshold-panel';
import { type ThresholdVersion, useThresholds } from './use-thresholds';
import { WhatIfResults } from './what-if-results';

type ThresholdsScreenProps = {
  runs: readonly [ScoredRun, ...ScoredRun[]];
  versions: readonly [ThresholdVersion, ...ThresholdVersion[]];
  parts: ReadingParts;
};

/** Thresholds on the left, what they would change on the right. */
export const ThresholdsScreen = ({ runs, versions: known, parts }: ThresholdsScreenProps) => {
  const { asked, settled, run, base, versions, settings, ask, move, saved, reset } = useThresholds(runs, known);
  const [saving, setSaving] = useState(false);
  const whatIf = useQuery({ ...whatIfQuery(settled.asked, settled.moved), placeholderData: keepPreviousData });
  const curves = useQuery({ ...sensitivityQuery(settled.asked), placeholderData: keepPreviousData });
  const isMoved = thresholdNames.some((name) => settings[name] !== base.settings[name]);
  return (
    <>
      <ScopePicker asked={asked} run={run} runs={runs} versions={versions} onAsk={ask} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {curves.error && <Failed error={curves.error} onRetry={() => void curves.refetch()} />}
          <ThresholdPanel
            saved={base.settings}
            settings={settings}
            curves={curves.data?.curves}
            rollouts={whatIf.data?.saved.summary.rollouts ?? 0}
            onMove={move}
            onReset={reset}
          />
          <p className="text-ink-2 text-xs">
            N-gram, tokenizer and judge change what is read, so that their effect shows only once the rollouts were read
            anew: choose them when you save.
          </p>
          <BriefChange answer={whatIf.data} />
        </div>
        <WhatIfResults
          answer={whatIf.data}
          error={whatIf.error}
          isOld={whatIf.isPlaceholderData}
          isMoved={isMoved}
          onRetry={() => void whatIf.refetch()}
          onSave={() => setSaving(true)}
        />
      </div>
      {saving && (
        <SaveVersionDialog
          base={base}
          settings={settings}
          run={run}
          parts={parts}
          onSaved={saved}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
};
