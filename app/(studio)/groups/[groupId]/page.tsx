import type { Metadata } from 'next';
import { GroupView } from '@/components/rollouts/group-view';
import { getGroup } from '@/lib/data/rollouts/group';
import { parseRolloutList, toSearchParams } from '@/lib/domain/rollouts/filter';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Group' };

type GroupPageProps = {
  params: Promise<{ groupId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function GroupPage({ params, searchParams }: GroupPageProps) {
  const viewer = await requirePageViewer();
  const group = await orNotFound(getGroup(viewer, pageId((await params).groupId)));
  return <GroupView key={group.id} group={group} state={parseRolloutList(toSearchParams(await searchParams))} />;
}
