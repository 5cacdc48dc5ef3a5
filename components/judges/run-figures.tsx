'use client';
import { useQuery } from '@tanstack/react-query';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import type { JudgeView } from '@/lib/domain/judge/judge';
import { judgeFiguresQuery } from '@/lib/queries/judges';
import { DecidedPanel } from './decided-panel';
import { ReportPanel } from './report-panel';

/** A run, or one of its iterations. */
export type RunPlace = {
  readonly runId: string;
  readonly runName: string;
  readonly iterationId: string | null;
  readonly k: number | null;
};

/** Who decided in the run, and how far those agree that only report. */
export const RunFigures = ({ place, judges }: { place: RunPlace; judges: readonly JudgeView[] }) => {
  const { data, error, refetch } = useQuery(judgeFiguresQuery(place.runId, place.iterationId));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading what="the figures of this run">
        <Skeleton className="h-36 w-full" />
      </Loading>
    );
  }
  const nameOf = (id: string | null) => judges.find((judge) => judge.id === id);
  return (
    <>
      <DecidedPanel figures={data} runId={place.runId} k={place.k} judgeName={nameOf(data.judgeId)?.name ?? null} />
      {data.reports.map((report) => {
        const judge = nameOf(report.judgeId);
        return judge && <ReportPanel key={report.judgeId} report={report} name={judge.name} heldOut={judge.heldOut} />;
      })}
    </>
  );
};
