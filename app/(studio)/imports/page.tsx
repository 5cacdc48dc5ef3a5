import type { Metadata } from 'next';
import { FormatsTable } from '@/components/imports/formats-table';
import { ImportForm } from '@/components/imports/import-form';
import { ImportHistory } from '@/components/imports/import-history';
import { MediaRoots } from '@/components/settings/media-roots';
import { TaskList } from '@/components/tasks/task-list';
import { Page } from '@/components/ui/page';
import { config } from '@/lib/config';
import { listMediaRoots } from '@/lib/data/media/roots';
import { listQuestionSetNames } from '@/lib/data/question-sets/read';
import { listRunNames } from '@/lib/data/runs/list';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Import' };

type Props = { searchParams: Promise<{ run?: string | string[] }> };

export default async function ImportsPage({ searchParams }: Props) {
  const viewer = await requirePageViewer();
  const [runs, sets, roots, { run }] = await Promise.all([
    listRunNames(viewer),
    listQuestionSetNames(viewer),
    listMediaRoots(viewer),
    searchParams,
  ]);
  return (
    <Page title="Import" lead="Rollouts and questions from the files of other tools, and from our own.">
      <ImportForm
        runNames={runs.map(({ name }) => name)}
        setNames={sets}
        importRoots={config().VERIPO_IMPORT_ROOTS}
        run={typeof run === 'string' ? run.slice(0, 200) : ''}
      />
      <TaskList />
      <ImportHistory />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <MediaRoots roots={roots} />
        <FormatsTable />
      </div>
    </Page>
  );
}
