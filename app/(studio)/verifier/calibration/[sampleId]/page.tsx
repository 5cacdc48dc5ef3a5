import type { Metadata } from 'next';
import { z } from 'zod';
import { LabelScreen } from '@/components/calibration/label-screen';
import { getSample } from '@/lib/data/calibration/samples';
import { orNotFound, pageId, requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Label' };

const searchSchema = z.object({ at: z.coerce.number().int().positive().optional().catch(undefined) });

type Props = {
  params: Promise<{ sampleId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function LabelPage({ params, searchParams }: Props) {
  const viewer = await requirePageViewer();
  const id = pageId((await params).sampleId);
  const { at } = searchSchema.parse(await searchParams);
  return <LabelScreen key={id} viewerId={viewer.userId} initial={await orNotFound(getSample(viewer, id))} at={at} />;
}
