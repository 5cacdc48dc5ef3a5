import type { Metadata } from 'next';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty } from '@/components/ui/states';
import { ThresholdsScreen } from '@/components/verifier/thresholds-screen';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { listJudges } from '@/lib/data/judges/read';
import { listTokenizers } from '@/lib/data/tokenizers/read';
import { listScoredRuns } from '@/lib/data/verifier/scored-runs';
import { listVerifierVersions } from '@/lib/data/verifier/versions';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Thresholds' };

const NothingVerified = () => (
  <Panel>
    <Empty
      title="No rollout has been verified yet"
      action={
        <Button asChild>
          <Link href="/runs">Runs</Link>
        </Button>
      }
    >
      Thresholds are tried over the scores of verified rollouts. Import a file of rollouts, or launch a run: its
      rollouts are verified as they come.
    </Empty>
  </Panel>
);

export default async function ThresholdsPage() {
  const viewer = await requirePageViewer();
  const [runs, versions, judges, tokenizers] = await Promise.all([
    listScoredRuns(viewer),
    listVerifierVersions(viewer),
    listJudges(viewer),
    listTokenizers(viewer),
  ]);
  const [run, ...otherRuns] = runs;
  const [version, ...otherVersions] = versions.map(({ id, number, name, settings }) => ({
    id,
    number,
    name,
    settings,
  }));
  return (
    <VerifierFrame lead="What other thresholds would change, before they are saved.">
      {run && version ? (
        <ThresholdsScreen
          runs={[run, ...otherRuns]}
          versions={[version, ...otherVersions]}
          parts={{
            judges: judges.filter(({ heldOut }) => !heldOut).map(({ id, name }) => ({ id, name })),
            tokenizers: tokenizers.map(({ sha256, name }) => ({ sha256, name })),
          }}
        />
      ) : (
        <NothingVerified />
      )}
    </VerifierFrame>
  );
}
