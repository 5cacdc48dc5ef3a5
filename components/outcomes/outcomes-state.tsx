'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import type { Outcomes } from '@/lib/domain/outcomes/schema';
import { outcomesQuery } from '@/lib/queries/outcomes';

type OutcomesStateProps = {
  runId: string;
  title: string;
  /** Pixels of the panel while its figures are being read. */
  height: number;
  children: (outcomes: Outcomes) => ReactNode;
};

/** What a run came to, once it is read: the four panels share one answer. What was read stays when a refresh fails. */
export const OutcomesState = ({ runId, title, height, children }: OutcomesStateProps) => {
  const { data, error, refetch } = useQuery(outcomesQuery(runId));
  if (data) return children(data);
  if (error) return <ChartFailed title={title} height={height} error={error} onRetry={() => void refetch()} />;
  return <ChartLoading title={title} height={height} />;
};
