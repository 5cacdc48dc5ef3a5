'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { saveProjectName } from '@/lib/actions/settings';

/** The project's name; only the owner may change it. */
export const ProjectName = ({ name: initial, editable }: { name: string; editable: boolean }) => {
  const [name, setName] = useState(initial);
  const [error, setError] = useState<string>();
  const [saved, setSaved] = useState(false);
  const [pending, start] = useTransition();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start(async () => {
          const result = await saveProjectName({ name });
          setError(result.ok ? undefined : (result.error.fields?.name?.[0] ?? result.error.message));
          setSaved(result.ok);
        });
      }}
    >
      <Field
        label="Project name"
        hint={editable ? undefined : 'Only the owner changes it'}
        errors={error ? [error] : undefined}
      >
        {(control) => (
          <div className="flex items-center gap-2">
            <Input
              {...control}
              value={name}
              maxLength={200}
              readOnly={!editable}
              onChange={(event) => {
                setName(event.target.value);
                setSaved(false);
              }}
            />
            {editable && (
              <Button type="submit" disabled={pending}>
                Save
              </Button>
            )}
            <output className="text-ink-2 text-xs">{saved ? 'Saved' : ''}</output>
          </div>
        )}
      </Field>
    </form>
  );
};
