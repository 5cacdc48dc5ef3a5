import type { Metadata } from 'next';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { VersionTable } from '@/components/verifier/version-table';
import { listRunsByVersion } from '@/lib/data/runs/list';
import { listVerifierVersions } from '@/lib/data/verifier/versions';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Verifier' };

export default async function VerifierPage() {
  const viewer = await requirePageViewer();
  const [versions, runs] = await Promise.all([listVerifierVersions(viewer), listRunsByVersion(viewer)]);
  return (
    <VerifierFrame lead="Versions of thresholds and rules. A version never changes: rollouts say which one judged them.">
      <VersionTable
        versions={versions.map(({ id, createdAt, ...version }) => ({
          ...version,
          id,
          created: createdAt.toISOString().slice(0, 10),
          runs: runs
            .filter(({ verifierVersionId }) => verifierVersionId === id)
            .map(({ id: runId, name }) => ({ id: runId, name })),
        }))}
      />
    </VerifierFrame>
  );
}
