'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import { reportQuery } from '@/lib/queries/calibration';
import { CheckPanel } from './check-panel';
import { DisagreementList } from './disagreement-list';
import type { Scope } from './figures-table';
import { PeoplePanel } from './people-panel';

const scopes: readonly { readonly scope: Scope; readonly name: string; readonly says: string }[] = [
  {
    scope: 'run',
    name: 'Of all rollouts',
    says: 'Each item is weighed by the rollouts it stands for. The intervals say what the unlabelled rest leaves open.',
  },
  {
    scope: 'sample',
    name: 'Of the items',
    says: 'The items as drawn, each once. The sample holds more of what is rare, so recall here is not that of the run.',
  },
];

/** Everything that the labels of one sample say. */
export const ReportSection = ({ sampleId }: { sampleId: string }) => {
  const [onlyReading, setOnlyReading] = useState(false);
  const { data, error, refetch } = useQuery(reportQuery(sampleId, onlyReading));
  const [scope, setScope] = useState<Scope>('run');
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading what="the figures">
        <Skeleton className="h-64 w-full" />
      </Loading>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex gap-1">
          <legend className="sr-only">What the figures are of</legend>
          {scopes.map((one) => (
            <Button
              key={one.scope}
              aria-pressed={scope === one.scope}
              className={scope === one.scope ? 'border-accent bg-accent-soft' : ''}
              onClick={() => setScope(one.scope)}
            >
              {one.name}
            </Button>
          ))}
        </fieldset>
        <p className="min-w-0 text-ink-2">
          {scopes.find((one) => one.scope === scope)?.says} Verifier version {data.versionNumber}; every interval is 95
          %.
        </p>
      </div>
      {data.checks.map((progress) => (
        <CheckPanel key={progress.check} progress={progress} report={data} scope={scope} />
      ))}
      {data.people.length > 0 && <PeoplePanel people={data.people} />}
      {data.checks.some(({ settled }) => settled > 0) && (
        <DisagreementList
          disagreements={data.disagreements}
          hidden={data.hidden}
          onShowAll={() => setOnlyReading(true)}
        />
      )}
    </div>
  );
};
