import { Select } from '@/components/ui/field';

/** A run with its iterations, as what a page may be about. */
export type RunScope = {
  readonly runId: string;
  readonly runName: string;
  readonly iterations: readonly { readonly id: string; readonly k: number }[];
};

type RunSelectProps = {
  readonly scopes: readonly RunScope[];
  readonly runId: string;
  readonly onRun: (runId: string) => void;
};

/** Chooses the run that a page is about. */
export const RunSelect = ({ scopes, runId, onRun }: RunSelectProps) => (
  <Select aria-label="Run" value={runId} onChange={({ target }) => onRun(target.value)}>
    {scopes.map((scope) => (
      <option key={scope.runId} value={scope.runId}>
        {scope.runName}
      </option>
    ))}
  </Select>
);
