'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { inspectImportPath } from '@/lib/actions/imports';
import type { ChosenFile } from './chosen-file';
import { FolderBrowser } from './folder-browser';

type PathFieldProps = { importRoots: readonly string[]; onFile: (file: ChosenFile) => void };

/** Adds a file that already lies on the studio's machine, under a folder its environment names. */
export const PathField = ({ importRoots, onFile }: PathFieldProps) => {
  const [path, setPath] = useState('');
  const [error, setError] = useState<string>();
  const [looking, setLooking] = useState(false);
  const [pending, start] = useTransition();

  const add = (wanted: string) =>
    start(async () => {
      const result = await inspectImportPath({ path: wanted });
      setError(result.ok ? undefined : (result.error.fields?.path?.[0] ?? result.error.message));
      if (!result.ok) return;
      const { fileName, bytes, format } = result.data;
      onFile({
        key: crypto.randomUUID(),
        name: fileName,
        bytes,
        from: { kind: 'path', path: wanted },
        detected: format,
      });
      setPath('');
    });

  if (importRoots.length === 0) {
    return (
      <p className="text-ink-2 text-xs">
        To import files that already lie on this machine, name their folder in <code>VERIPO_IMPORT_ROOTS</code> and
        start the studio again.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add(path);
        }}
      >
        <Field
          label="Or a path on the studio's machine"
          hint={`Under ${importRoots.join(' or ')}`}
          errors={error ? [error] : undefined}
        >
          {(control) => (
            <div className="flex gap-2">
              <Input
                {...control}
                value={path}
                placeholder={`${importRoots[0]}/rollouts.json`}
                spellCheck={false}
                onChange={(event) => setPath(event.target.value)}
              />
              <Button type="submit" disabled={pending || path.trim() === ''}>
                Add
              </Button>
            </div>
          )}
        </Field>
      </form>
      <details onToggle={(event) => setLooking(event.currentTarget.open)}>
        <summary className="w-fit text-accent text-xs hover:underline">Look into these folders</summary>
        {looking && <FolderBrowser disabled={pending} onPick={add} />}
      </details>
    </div>
  );
};
