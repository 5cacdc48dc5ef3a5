'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Field, Select } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { Failed, Loading } from '@/components/ui/states';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { Comparison } from '@/lib/domain/verifier/comparison';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { type ComparisonPlace, comparisonQuery } from '@/lib/queries/versions';
import { FlipList } from './flip-list';
import { PairChanges } from './pair-changes';

type Version = { readonly id: string; readonly number: number; readonly name: string };
type ComparePanelProps = {
  readonly runs: readonly [ScoredRun, ...ScoredRun[]];
  readonly versions: readonly Version[];
  readonly place: ComparisonPlace;
};

/** Two versions on one run: what would come out otherwise, before anything is moved. */
export const ComparePanel = ({ runs, versions, place }: ComparePanelProps) => {
  const router = useRouter();
  const { data, error, refetch, isFetching } = useQuery(comparisonQuery(place));
  const go = (change: Partial<ComparisonPlace>) =>
    router.replace(`/verifier?${new URLSearchParams({ ...place, ...change })}`, { scroll: false });
  const versionOptions = versions.map(({ id, number, name }) => (
    <option key={id} value={id}>
      Version {number}, {name}
    </option>
  ));
  return (
    <Panel title="Compare two versions on a run" flush>
      <div className="grid gap-3 border-line border-b p-4 sm:grid-cols-3">
        <Field label="Run">
          {(control) => (
            <Select
              {...control}
              value={place.run}
              onChange={({ target }) => {
                const run = runs.find(({ id }) => id === target.value);
                if (run) go({ run: run.id, from: run.versionId });
              }}
            >
              {runs.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="From">
          {(control) => (
            <Select {...control} value={place.from} onChange={({ target }) => go({ from: target.value })}>
              {versionOptions}
            </Select>
          )}
        </Field>
        <Field label="To">
          {(control) => (
            <Select {...control} value={place.to} onChange={({ target }) => go({ to: target.value })}>
              {versionOptions}
            </Select>
          )}
        </Field>
      </div>
      <div aria-busy={isFetching} className="min-h-40">
        {error ? (
          <div className="p-4">
            <Failed error={error} onRetry={() => void refetch()} />
          </div>
        ) : data ? (
          <Result comparison={data} same={place.from === place.to} />
        ) : (
          <div className="p-4">
            <Loading what="the comparison" />
          </div>
        )}
      </div>
    </Panel>
  );
};

const missingText = (number: number, missing: number): string =>
  `Version ${number} has no measures of ${counted(missing, 'rollout')}: they were not read as it reads, and are left out.`;

const Result = ({ comparison, same }: { comparison: Comparison; same: boolean }) => {
  const { from, to, compared, flipped, missing, flips, pairs } = comparison;
  if (same) return <p className="p-4 text-ink-2">Choose two versions that differ.</p>;
  return (
    <>
      <div className="flex flex-col gap-1 px-4 py-3">
        <p role="status" className="tabular-nums">
          {compared === 0 ? (
            'No rollout has measures of both versions.'
          ) : (
            <>
              <strong className="font-semibold">{formatCount(flipped)}</strong> of {counted(compared, 'rollout')} would
              stand otherwise under version {to}.
            </>
          )}
        </p>
        {missing.from > 0 && <p className="text-ink-2">{missingText(from, missing.from)}</p>}
        {missing.to > 0 && <p className="text-ink-2">{missingText(to, missing.to)}</p>}
      </div>
      {flips.length > 0 && (
        <div className="border-line border-t">
          <FlipList flips={flips} />
        </div>
      )}
      {compared > 0 && <PairChanges pairs={pairs} to={to} />}
    </>
  );
};
