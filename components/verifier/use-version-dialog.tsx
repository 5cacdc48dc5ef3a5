'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Select } from '@/components/ui/field';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { UseVersionStep } from './use-version-step';

type Version = { readonly id: string; readonly number: number };
type UseVersionProps = { readonly version: Version; readonly runs: readonly ScoredRun[] };

/** Moves one of the runs that do not stand on the version to it, after saying what that comes to. */
export const UseVersionButton = ({ version, runs }: UseVersionProps) => {
  const [open, setOpen] = useState(false);
  const others = runs.filter(({ versionId }) => versionId !== version.id);
  const [runId, setRunId] = useState<string>();
  const run = others.find(({ id }) => id === runId) ?? others[0];
  return (
    <>
      <Button disabled={others.length === 0} onClick={() => setOpen(true)}>
        Use for a run…
      </Button>
      {run && (
        <Dialog title={`Use version ${version.number}`} open={open} onOpenChange={setOpen}>
          <div className="flex flex-col gap-4">
            <Field label="Run">
              {(control) => (
                <Select {...control} value={run.id} onChange={({ target }) => setRunId(target.value)}>
                  {others.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <UseVersionStep key={run.id} version={version} run={run} onClose={() => setOpen(false)} />
          </div>
        </Dialog>
      )}
    </>
  );
};
