import type { Metadata } from 'next';
import { z } from 'zod';
import { JudgesScreen } from '@/components/judges/judges-screen';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { listJudges } from '@/lib/data/judges/read';
import { listPairScopes } from '@/lib/data/pairs/queue';
import { listRunsByVersion } from '@/lib/data/runs/list';
import { getProjectSettings } from '@/lib/data/settings';
import { listVerifierVersions } from '@/lib/data/verifier/versions';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Judges' };

/** Whatever an address says that we do not know is as if it were left out. */
const searchSchema = z.object({
  run: z.uuid().optional().catch(undefined),
  iteration: z.coerce.number().int().nonnegative().optional().catch(undefined),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function JudgesPage({ searchParams }: Props) {
  const viewer = await requirePageViewer();
  const { run, iteration } = searchSchema.parse(await searchParams);
  const [judges, scopes, versions, runs, project] = await Promise.all([
    listJudges(viewer),
    listPairScopes(viewer),
    listVerifierVersions(viewer),
    listRunsByVersion(viewer),
    getProjectSettings(viewer),
  ]);
  const scope = scopes.find(({ runId }) => runId === run) ?? scopes[0];
  const turn = scope?.iterations.find(({ k }) => k === iteration);
  return (
    <VerifierFrame lead="Models that say, blind, what a thinking concludes where the rules find nothing.">
      <JudgesScreen
        initial={judges}
        scopes={scopes}
        place={
          scope
            ? { runId: scope.runId, runName: scope.runName, iterationId: turn?.id ?? null, k: turn?.k ?? null }
            : null
        }
        runs={runs.flatMap(({ id, name, verifierVersionId }) => {
          const version = versions.find((one) => one.id === verifierVersionId);
          return version ? [{ id, name, versionNumber: version.number, settings: version.settings }] : [];
        })}
        mayManage={project.role !== 'reviewer'}
      />
    </VerifierFrame>
  );
}
