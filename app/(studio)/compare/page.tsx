import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { ComparisonScreen } from '@/components/comparison/comparison-screen';
import { ReportButton } from '@/components/report/report-button';
import { SavedViews } from '@/components/saved-views/saved-views';
import { Page } from '@/components/ui/page';
import { readComparison } from '@/lib/data/comparison/compare';
import { listRunNames } from '@/lib/data/runs/list';
import { listSlices } from '@/lib/data/slices/list';
import type { Viewer } from '@/lib/data/viewer';
import { toSearchParams } from '@/lib/domain/rollouts/filter';
import { formatSlices, parseNarrow } from '@/lib/domain/slices/narrow';
import { MOST_SLICES, parseSlices, type Slice } from '@/lib/domain/slices/slice';
import { sliceOfRun } from '@/lib/domain/slices/stand-for';
import { AppError } from '@/lib/errors';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Compare' };

type ComparePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Slices that are not there leave the place empty; the browser asks again and shows the sentence. */
const orLater = <T,>(data: Promise<T>): Promise<T | undefined> =>
  data.catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });

const runsSchema = z.array(z.uuid()).min(1).max(MOST_SLICES);

/** `run=…&run=…`: whole runs, each by the slice that stands for it. */
const slicesOfRuns = async (viewer: Viewer, params: URLSearchParams): Promise<Slice[]> => {
  const runIds = runsSchema.safeParse([...new Set(params.getAll('run'))]);
  if (!runIds.success) return [];
  const byRun = Map.groupBy(await listSlices(viewer, runIds.data), ({ runId }) => runId);
  return runIds.data.flatMap((id) => sliceOfRun(byRun.get(id) ?? []) ?? []);
};

export default async function ComparePage({ searchParams }: ComparePageProps) {
  const viewer = await requirePageViewer();
  const params = toSearchParams(await searchParams);
  const whole = params.has('slice') ? [] : await slicesOfRuns(viewer, params);
  if (whole.length > 0) redirect(`/compare?${formatSlices(whole)}`);
  const [slices, narrow] = [parseSlices(params), parseNarrow(params)];
  const [runs, comparison] = await Promise.all([
    listRunNames(viewer),
    slices.length > 1 ? orLater(readComparison(viewer, slices, narrow)) : undefined,
  ]);
  return (
    <Page
      title="Compare"
      lead="Iterations, stages and runs side by side: what changed, and how surely."
      actions={
        <>
          <ReportButton />
          <SavedViews />
        </>
      }
    >
      <ComparisonScreen runs={runs} initial={{ address: formatSlices(slices, narrow).toString(), comparison }} />
    </Page>
  );
}
