'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { Select } from '@/components/ui/field';

export type JudgeScopeOption = {
  readonly runId: string;
  readonly runName: string;
  readonly iterations: readonly { readonly id: string; readonly k: number }[];
};
export type JudgePlace = { readonly runId: string; readonly k: number | null };

const address = (runId: string, k: number | null): Route =>
  `/verifier/judges?${new URLSearchParams({ run: runId, ...(k === null ? {} : { iteration: String(k) }) })}`;

/** Which run, and which of its iterations, the figures are of. */
export const ScopeBar = ({ scopes, place }: { scopes: readonly JudgeScopeOption[]; place: JudgePlace }) => {
  const router = useRouter();
  const scope = scopes.find(({ runId }) => runId === place.runId);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-full sm:w-72">
        <Select
          aria-label="Run"
          value={place.runId}
          onChange={({ target }) => router.push(address(target.value, null), { scroll: false })}
        >
          {scopes.map(({ runId, runName }) => (
            <option key={runId} value={runId}>
              {runName}
            </option>
          ))}
        </Select>
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
