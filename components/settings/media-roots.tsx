'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { declareMediaRoot, forgetMediaRoot, probeMedia } from '@/lib/actions/settings';
import { formatCount } from '@/lib/domain/text/counted';
import type { Result } from '@/lib/errors';
import { taskKeys } from '@/lib/queries/tasks';

type Root = { readonly id: string; readonly name: string; readonly path: string; readonly files: number };

/** The folders in which videos of questions are looked up, in this order. */
export const MediaRoots = ({ roots }: { roots: readonly Root[] }) => {
  const client = useQueryClient();
  const [path, setPath] = useState('');
  const [error, setError] = useState<string>();
  const [said, setSaid] = useState<string>();
  const [pending, start] = useTransition();

  const act = (run: () => Promise<Result<unknown>>, done: { says?: string; clear?: () => void } = {}) =>
    start(async () => {
      const result = await run();
      setError(result.ok ? undefined : (result.error.fields?.path?.[0] ?? result.error.message));
      setSaid(result.ok ? done.says : undefined);
      if (result.ok) done.clear?.();
      await client.invalidateQueries({ queryKey: taskKeys.all });
    });

  return (
    <Panel
      title="Media roots"
      className="min-w-0"
      actions={
        roots.length > 0 && (
          <Button disabled={pending} onClick={() => act(() => probeMedia({}), { says: 'Looking at the videos again' })}>
            Look again
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {roots.length === 0 ? (
          <p className="text-ink-2">
            No folder is declared: questions keep the path of their video, and show it once its folder is named here.
          </p>
        ) : (
          <ul
            aria-label="Declared folders"
            className="flex flex-col divide-y divide-line rounded-md border border-line"
          >
            {roots.map((root) => (
              <li key={root.id} className="flex items-center gap-3 px-3 py-2">
                <div className="min-w-0 flex-1">
                  <div className="break-all font-mono text-xs">{root.path}</div>
                  <div className="text-ink-2 text-xs">{formatCount(root.files)} files of questions found in it</div>
                </div>
                <Button
                  look="quiet"
                  disabled={pending}
                  aria-label={`Remove ${root.path}`}
                  onClick={() => act(() => forgetMediaRoot({ id: root.id }))}
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            act(() => declareMediaRoot({ path }), {
              says: 'Added; its videos are being looked at',
              clear: () => setPath(''),
            });
          }}
        >
          <Field
            label="Add a folder"
            hint="An absolute path on the studio's machine. Only files in declared folders are ever served."
            errors={error ? [error] : undefined}
          >
            {(control) => (
              <div className="flex gap-2">
                <Input
                  {...control}
                  value={path}
                  placeholder="/data/videos"
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
        <output className="text-ink-2 text-xs">{said}</output>
      </div>
    </Panel>
  );
};
