'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { fileName, saveFile } from '@/components/charts/export/save-file';
import type { ComparisonAsked } from '@/lib/domain/comparison/asked';
import type { Changes, Comparison } from '@/lib/domain/comparison/schema';
import { comparisonReport, type ReportChart } from '@/lib/domain/report/comparison-report';
import type { FlippedQuestions } from '@/lib/domain/report/flip-section';
import { reportFileName } from '@/lib/domain/report/names';
import { changesQuery, comparisonQuery } from '@/lib/queries/comparison';
import { readFlipped } from './read-flipped';
import { ReportStage } from './report-stage';

type Read = {
  readonly asked: ComparisonAsked;
  readonly comparison: Comparison;
  readonly changes: Changes;
  readonly flipped: readonly (readonly FlippedQuestions[])[];
  readonly address: string;
};

type State = {
  /** What is being done; null while nothing is. */
  readonly progress: string | null;
  readonly error: string | null;
  /** Where the charts are drawn, which the caller renders. */
  readonly stage: ReactNode;
  readonly make: (asked: ComparisonAsked) => Promise<void>;
};

const saveReport = ({ asked, ...read }: Read, charts: readonly ReportChart[]): void => {
  const madeAt = new Date().toISOString();
  const text = comparisonReport({ ...read, narrow: asked.narrow, charts, madeAt });
  const name = `comparison ${reportFileName(read.comparison.slices)}`;
  saveFile(new Blob([text], { type: 'text/html;charset=utf-8' }), fileName(name, 'html'));
};

/** Makes the report of a comparison: waits for what is not read yet, draws its charts, saves the file. */
export const useReport = (): State => {
  const client = useQueryClient();
  const [progress, setProgress] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [read, setRead] = useState<Read | null>(null);
  const end = (failure: unknown = null) => {
    setRead(null);
    setProgress(null);
    if (failure !== null) setError(failure instanceof Error ? failure.message : String(failure));
  };
  const make = async (asked: ComparisonAsked) => {
    const address = window.location.href;
    setError(null);
    setProgress('Reading figures…');
    try {
      const comparison = await client.ensureQueryData(comparisonQuery(asked));
      setProgress('Working out intervals…');
      const changes = await client.ensureQueryData(changesQuery(asked));
      const flipped = await readFlipped(client, asked, changes, (done, total) =>
        setProgress(`Reading flips, ${done + 1} of ${total}…`),
      );
      setProgress('Drawing charts…');
      setRead({ asked, comparison, changes, flipped, address });
    } catch (failure) {
      end(failure);
    }
  };
  const stage = read && (
    <ReportStage
      comparison={read.comparison}
      changes={read.changes}
      narrow={read.asked.narrow}
      onCharts={(charts) => {
        try {
          saveReport(read, charts);
          end();
        } catch (failure) {
          end(failure);
        }
      }}
      onError={end}
    />
  );
  return { progress, error, stage, make };
};
