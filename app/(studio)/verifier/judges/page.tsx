import type { Metadata } from 'next';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Judges' };

export default async function JudgesPage() {
  await requirePageViewer();
  return (
    <VerifierFrame lead="Models that say, blind, what a thinking concludes where the rules find nothing.">
      {null}
    </VerifierFrame>
  );
}
