import type { Metadata } from 'next';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Thresholds' };

export default async function ThresholdsPage() {
  await requirePageViewer();
  return <VerifierFrame lead="What other thresholds would change, before they are saved.">{null}</VerifierFrame>;
}
