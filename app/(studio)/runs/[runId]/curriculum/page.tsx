import type { Metadata } from 'next';
import Link from 'next/link';
import { cache } from 'react';
import { z } from 'zod';
import { CurriculumView } from '@/components/curriculum/curriculum-view';
import { RunTabs } from '@/components/runs/run-tabs';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { getCurriculum, mayChangeCurriculum } from '@/lib/data/curriculum/read';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

type Props = {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What an address says that we do not know is as if it were left out. */
const searchSchema = z.object({
  iteration: z.coerce.number().int().nonnegative().max(1_000_000).optional().catch(undefined),
});

/** Once per request, for the title and the page. */
const load = cache(async (raw: string, k: number | undefined) => {
  const viewer = await requirePageViewer();
  const runId = pageId(raw);
  return {
    curriculum: await orNotFound(getCurriculum(viewer, runId, k)),
    engineer: await mayChangeCurriculum(viewer, runId),
  };
});

const read = async ({ params, searchParams }: Props) => {
  const { iteration } = searchSchema.parse(await searchParams);
  return { k: iteration, ...(await load((await params).runId, iteration)) };
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `Curriculum of ${(await read(props)).curriculum.run.name}` };
}

export default async function CurriculumPage(props: Props) {
  const { curriculum, engineer, k } = await read(props);
  const { run } = curriculum;
  return (
    <Page
      title="Curriculum"
      lead={`Questions that every rollout of “${run.name}” answered right, and that its next iterations leave out.`}
      actions={
        <Button asChild>
          <Link href={`/runs/${run.id}`}>Back to the run</Link>
        </Button>
      }
    >
      <RunTabs runId={run.id} />
      <CurriculumView runId={run.id} k={k} engineer={engineer} initial={curriculum} />
    </Page>
  );
}
