import type { Metadata } from 'next';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Calibration' };

export default async function CalibrationPage() {
  await requirePageViewer();
  return (
    <VerifierFrame lead="How well the verifier agrees with people who did not see its verdict.">{null}</VerifierFrame>
  );
}
