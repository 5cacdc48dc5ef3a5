import type { Metadata } from 'next';
import { z } from 'zod';
import { ComparePanel } from '@/components/verifier/compare-panel';
import { OldRules } from '@/components/verifier/old-rules';
import { RefreshWhileOwed } from '@/components/verifier/refresh-while-owed';
import { VerifierFrame } from '@/components/verifier/verifier-frame';
import { type VersionColumn, VersionTable } from '@/components/verifier/version-table';
import { listJudges } from '@/lib/data/judges/read';
import { listRunsByVersion, type RunOnVersion } from '@/lib/data/runs/list';
import { listTokenizers } from '@/lib/data/tokenizers/read';
import { listScoredRuns } from '@/lib/data/verifier/scored-runs';
import { listVerifierVersions, type VerifierVersion } from '@/lib/data/verifier/versions';
import { mayEngineerAny } from '@/lib/data/viewer';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Verifier' };

/** Whatever an address says that we do not know is as if it were left out. */
const idSchema = z.uuid().optional().catch(undefined);
const searchSchema = z.object({ run: idSchema, from: idSchema, to: idSchema });

type Names = { readonly judges: ReadonlyMap<string, string>; readonly tokenizers: ReadonlyMap<string, string> };

const columnOf = (version: VerifierVersion, runs: readonly RunOnVersion[], names: Names): VersionColumn => {
  const { id, number, name, rulesVersion, settings, createdAt } = version;
  const { judgeId, tokenizer } = settings;
  return {
    id,
    number,
    name,
    rulesVersion,
    current: rulesVersion === RULES_VERSION,
    settings,
    judge: judgeId === null ? 'none' : (names.judges.get(judgeId) ?? 'removed'),
    tokenizer: tokenizer === null ? 'estimate' : (names.tokenizers.get(tokenizer) ?? `${tokenizer.slice(0, 12)}…`),
    created: createdAt.toISOString().slice(0, 10),
    runs: runs.filter(({ verifierVersionId }) => verifierVersionId === id),
  };
};

/** What is compared: as asked, else the newest run's version with the newest other one. */
const placeOf = (
  asked: z.infer<typeof searchSchema>,
  [first, ...rest]: readonly [ScoredRun, ...ScoredRun[]],
  versions: readonly VerifierVersion[],
) => {
  const run = rest.find(({ id }) => id === asked.run) ?? first;
  const known = (id: string | undefined) => versions.find((version) => version.id === id)?.id;
  const from = known(asked.from) ?? run.versionId;
  const to = known(asked.to) ?? versions.find(({ id }) => id !== from)?.id ?? from;
  return { run: run.id, from, to };
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function VerifierPage({ searchParams }: Props) {
  const viewer = await requirePageViewer();
  const asked = searchSchema.parse(await searchParams);
  const [versions, runs, scored, judges, tokenizers, mayMove] = await Promise.all([
    listVerifierVersions(viewer),
    listRunsByVersion(viewer),
    listScoredRuns(viewer),
    listJudges(viewer),
    listTokenizers(viewer),
    mayEngineerAny(viewer),
  ]);
  const names = {
    judges: new Map(judges.map(({ id, name }) => [id, name])),
    tokenizers: new Map(tokenizers.map(({ sha256, name }) => [sha256, name])),
  };
  const columns = versions.map((version) => columnOf(version, runs, names));
  const old = columns.filter(({ current }) => !current).flatMap((column) => column.runs);
  const [first, ...rest] = scored;
  return (
    <VerifierFrame lead="Versions of thresholds and rules. A version never changes: rollouts say which one judged them.">
      {runs.some(({ owes }) => owes) && <RefreshWhileOwed />}
      {old.length > 0 && <OldRules runs={old} mayMove={mayMove} />}
      <VersionTable versions={columns} movable={mayMove ? scored : []} mayMove={mayMove} />
      {first && versions.length > 1 && (
        <ComparePanel
          runs={[first, ...rest]}
          versions={versions.map(({ id, number, name }) => ({ id, number, name }))}
          place={placeOf(asked, [first, ...rest], versions)}
        />
      )}
    </VerifierFrame>
  );
}
