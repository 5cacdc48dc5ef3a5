'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { type RunScope, RunSelect } from '@/components/runs/run-select';
import { Select } from '@/components/ui/field';

export type JudgePlace = { readonly runId: string; readonly k: number | null };

const address = (runId: string, k: number | null): Route =>
  `/verifier/judges?${new URLSearchParams({ run: runId, ...(k === null ? {} : { iteration: String(k) }) })}`;

/** Which run, and which of its iterations, the figures are of. */
export const ScopeBar = ({ scopes, place }: { scopes: readonly RunScope[]; place: JudgePlace }) => {
  const router = useRouter();
  const scope = scopes.find(({ runId }) => runId === place.runId);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-full sm:w-72">
        <RunSelect
          scopes={scopes}
          runId={place.runId}
          onRun={(runId) => router.push(address(runId, null), { scroll: false })}
        />
      </div>
      <div className="w-44">
        <Select
          aria-label="Iteration"
          value={place.k ?? ''}
          onChange={({ target }) =>
            router.push(address(place.runId, target.value === '' ? null : Number(target.value)), { scroll: false })
          }
        >
          <option value="">All iterations</option>
          {scope?.iterations.map(({ id, k }) => (
            <option key={id} value={k}>
              Iteration {k}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
};
