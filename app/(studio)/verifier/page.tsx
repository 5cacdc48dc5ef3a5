import type { Metadata } from 'next';
import { Page } from '@/components/ui/page';
import { VersionTable } from '@/components/verifier/version-table';
import { listRunsByVersion } from '@/lib/data/runs/list';
import { listVerifierVersions } from '@/lib/data/verdicts/verifier-versions';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Verifier' };

export default async function VerifierPage() {
  const viewer = await requirePageViewer();
  const [versions, runs] = await Promise.all([listVerifierVersions(viewer), listRunsByVersion(viewer)]);
  return (
    <Page
      title="Verifier"
      lead="Versions of thresholds and rules. A version never changes: rollouts say which one judged them."
    >
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
      <p className="max-w-prose text-ink-2">
        Moving a threshold and seeing at once what it would change, a judge for what the rules leave undetermined, and
        agreement with human labels are not here yet.
      </p>
    </Page>
  );
}
