'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import type { SampleSummary } from '@/lib/domain/calibration/sample';
import { samplesQuery } from '@/lib/queries/calibration';
import { DrawDialog, type DrawScope } from './draw-dialog';
import { ReportSection } from './report-section';
import { SampleTable } from './sample-table';

type CalibrationScreenProps = {
  initial: SampleSummary[];
  scopes: readonly DrawScope[];
  /** May draw samples; everybody may label. */
  engineer: boolean;
  /** The sample that the address asks for. */
  wanted: string | undefined;
};

/** Samples to label, and how the verifier agrees with the labels of the one in view. */
export const CalibrationScreen = ({ initial, scopes, engineer, wanted }: CalibrationScreenProps) => {
  const { data, error, refetch } = useQuery({ ...samplesQuery(), initialData: initial });
  const [drawing, setDrawing] = useState(false);
  const chosen = data.find(({ id }) => id === wanted) ?? data.find(({ labelled }) => labelled > 0) ?? data[0];
  const mayDraw = engineer && scopes.length > 0;
  const draw = mayDraw && (
    <Button look="primary" onClick={() => setDrawing(true)}>
      Draw a sample
    </Button>
  );
  return (
    <VerifierFrame
      lead="How well the verifier agrees with people who did not see its verdict."
      actions={data.length > 0 && draw}
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {chosen ? (
        <>
          <SampleTable samples={data} chosen={chosen.id} />
          <ReportSection key={chosen.id} sampleId={chosen.id} />
        </>
      ) : (
        <Panel>
          <Empty title="Nobody has labelled anything yet" action={draw}>
            <p>
              Every rate in the studio is the verifier’s word. Label 40 rollouts with its verdict hidden, half an hour
              by keyboard, and you know how often that word holds: whether it calls chains inconsistent that are not
              (precision), which ones it misses (recall), and how much of its agreement with you is more than chance
              (κ). {!engineer && 'An owner or engineer of the project draws the sample; everybody can label it.'}
              {engineer && scopes.length === 0 && 'Import and verify a run first.'}
            </p>
          </Empty>
        </Panel>
      )}
      {drawing && <DrawDialog scopes={scopes} onClose={() => setDrawing(false)} />}
    </VerifierFrame>
  );
};
