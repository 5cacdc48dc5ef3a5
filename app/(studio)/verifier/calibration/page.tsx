import type { Metadata } from 'next';
import { z } from 'zod';
import { CalibrationScreen } from '@/components/calibration/calibration-screen';
import { mayDraw } from '@/lib/data/calibration/draw';
import { listSamples } from '@/lib/data/calibration/samples';
import { listPairScopes } from '@/lib/data/pairs/queue';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Calibration' };

const searchSchema = z.object({ sample: z.uuid().optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CalibrationPage({ searchParams }: Props) {
  const viewer = await requirePageViewer();
  const { sample } = searchSchema.parse(await searchParams);
  const [samples, scopes, engineer] = await Promise.all([listSamples(viewer), listPairScopes(viewer), mayDraw(viewer)]);
  return <CalibrationScreen initial={samples} scopes={scopes} engineer={engineer} wanted={sample} />;
}
